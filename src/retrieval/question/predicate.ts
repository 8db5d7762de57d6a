import { tagWords } from '../../text/segment.ts';

/** 对吧, 行不行: asks whether what stands before is so, or may be. */
const ONLY_TAG = /^(?:(?:这样|那)?(?:也|都|还|总|应该|没)?(?:对|是|行|成|错|可以|能行|好)(?:不[对是行成]|的|了)?(?:吧|吗|么|不|没|没有)?){1,2}$/u;
/** 能坐〔不〕, 批了〔没有〕: asks whether, and denies nothing. */
const CLOSING_DENIAL = /(?<=\S)(?:没有?|不|未)(?:吗|呢|啊|呀)?$/u;
const PAUSE = /[,，;；。]+/u;

/** The question without 能不能 and the like, which deny nothing. */
export const withoutChoice = (folded: string): string => folded.replace(/(\p{Script=Han})不\1|是不是|有没有|可不可以/gu, '');

/**
 * What a folded yes-no question puts to the test, behind the case that it tells: 没约上,〔到了现买行不行〕. Without what only makes a question of it, so that 不 in
 * it denies something.
 */
export function predicateOf(folded: string): string {
  const parts = folded.replace(/[?？!！\s]+$/u, '').split(PAUSE).filter((part) => part !== '');
  const last = parts.at(-1) ?? '';
  const own = ONLY_TAG.test(last) ? `${parts.at(-2) ?? ''},${last}` : last;
  return withoutChoice(own).replace(CLOSING_DENIAL, '');
}

/** 能 by itself, and in no other word (功能, 能力). */
export const MAY = '(?<![可功职技智潜才性节动热产失])能(?![力源够量手耗级])';
/** What a question says something is to be done by: 能〔点外卖〕吗, 〔把证借给我姐〕行不行. */
const DEED = new RegExp(`(?:${MAY}|可以|允许|让|准|要|得|须)(?<deed>\\p{Script=Han}{1,4})`, 'u');
/** Characters that stand in any deed. */
const LIGHT = /[给上下去来用了的到在是有一我他她你它这那自己个人不能可以行吗么吧要得须再还也都就先把被跟和没过着们家]/gu;

/** The characters of what a folded question says is to be done: 能〔点外卖〕吗, 能把证〔借〕给我姐吗. */
export function deedOf(folded: string): string {
  const asked = predicateOf(folded);
  const said = DEED.exec(asked)?.groups?.['deed'] ?? tagWords(asked).flatMap(({ word, tag }) => (tag.startsWith('v') ? [word] : [])).join('');
  return said.replace(LIGHT, '');
}
