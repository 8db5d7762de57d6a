import type { Notice } from './notice.ts';

const NUMBER = '[一二三四五六七八九十百零〇]+';
/** 违反本规定第六条第一项、第二项规定的: which items a penalty is for. A law's article (《…法》第六条) is none of the notice's own. */
const VIOLATES = new RegExp(`违反(?:本\\p{Script=Han}{2,4}|前述)?第(?<article>${NUMBER})条(?:第${NUMBER}款)?(?<items>(?:[、和及]?第?[（(]?${NUMBER}[）)]?项)+)?`, 'gu');
const ITEM = new RegExp(`(?<item>${NUMBER})[）)]?项`, 'gu');

const FORBIDS = /禁止|严禁|不得|不准|应当|下列行为|下列区域/gu;

const known = new WeakMap<Notice, ReadonlyMap<string, string>>();

/** Words of an article, or of the items of it that are named. */
function textOf(notice: Notice, article: string, items: readonly string[]): string {
  const under = notice.passages.filter(({ label }) => new RegExp(`第${article}条(?:[ 　›]|$)`, 'u').test(label));
  const named = items.length === 0 ? under : under.filter(({ label }) => items.some((item) => new RegExp(`[（(]?${item}[）)]`, 'u').test(label.slice(label.indexOf(`第${article}条`)))));
  // That it is forbidden tells none of them from the others.
  return named.map(({ text }) => text.replace(FORBIDS, '')).join(' ');
}

/** By a passage's id what it punishes: the text of the articles and items of the notice that it names as violated. */
export function violatedBy(notice: Notice): ReadonlyMap<string, string> {
  const found = known.get(notice) ?? new Map(notice.passages.flatMap(({ id, text }) => {
    const texts = [...text.matchAll(VIOLATES)].map(({ groups }) => textOf(notice, groups?.['article'] ?? '', [...(groups?.['items'] ?? '').matchAll(ITEM)].map((match) => match.groups?.['item'] ?? '')));
    return texts.some((each) => each !== '') ? [[id, texts.join(' ')] as const] : [];
  }));
  known.set(notice, found);
  return found;
}
