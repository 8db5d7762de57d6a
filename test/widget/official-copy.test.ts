import { describe, expect, it } from 'vitest';
import { fillPhrase, loadWidgetPhrases } from '../../src/text/phrases.ts';
import { renderOfficialCopy } from '../../src/widget/official-copy.ts';
import type { OfficialCopy } from '../../src/widget/official-copy.ts';
import { createAnswerEvents, kindergartens } from '../helpers/fake-assistant.ts';

const phrases = loadWidgetPhrases();
const translateTo = (index: number): OfficialCopy['t'] => (key, values = {}) =>
  fillPhrase(phrases[key]?.[index] ?? '', Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])));

const end = createAnswerEvents('要建成多少所？', kindergartens.passages.slice(0, 1), { lead: { text: '67所', citations: [1] } }).at(-1);
const answer = end?.type === 'answer-end' ? end.answer : undefined;

function copy(changes: Partial<OfficialCopy>): string {
  if (answer === undefined) throw new Error('There is no answer.');
  return renderOfficialCopy({
    question: '要建成多少所？',
    answer,
    findNotice: (id) => ({ id, title: '2020年学前教育重点工作', source: '市教育局办公室', publishedAt: '2020-04-03 16:30' }),
    linkTo: ({ noticeId }) => `https://wence.example/notices/${noticeId}`,
    t: translateTo(0),
    ...changes,
  });
}

describe('the copy of an answer', () => {
  it('has title, source, date, place, quoted words, address, and says which text counts', () => {
    expect(copy({})).toBe(`问：要建成多少所？

答：67所
建成二级以上标准幼儿园67所。[1]

出处：
[1] 《2020年学前教育重点工作》（市教育局办公室 2020-04-03 16:30） 一、补齐短板 › 1
“建成二级以上标准幼儿园67所。”
https://wence.example/notices/2020-kindergartens

以原文为准。`);
  });

  it('has the nearest words where the notice does not say', () => {
    if (answer === undefined) throw new Error('There is no answer.');
    const { lead: _lead, ...rest } = answer;
    const text = copy({ answer: { ...rest, answer: '通知没有写到。', citations: [], refusal: { kind: 'outside', missing: [], nearest: answer.citations } } });
    expect(text).toContain('答：通知没有写到。\n\n最接近的原文\n[1] 《2020年学前教育重点工作》');
    expect(text).not.toContain('出处：');
  });

  it('names a notice that is unknown by its id', () => {
    expect(copy({ findNotice: () => undefined })).toContain('[1] 《2020-kindergartens》 一、补齐短板 › 1');
  });

  it.each([[1, '以原文為準。'], [2, 'The notice itself is authoritative.']])('speaks language %s', (index, words) => {
    expect(copy({ t: translateTo(index) })).toContain(words);
  });
});
