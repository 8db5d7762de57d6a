import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseSuggestions, draftSuggestions } from '../../src/answer/suggestions.ts';
import type { Suggestion } from '../../src/answer/suggestions.ts';
import { askOnce, openAssistant } from '../../src/assistant.ts';
import type { Assistant } from '../../src/assistant.ts';
import { loadConfig } from '../../src/config.ts';
import { parseNotice } from '../../src/corpus/load.ts';
import { parseFigures } from '../../src/text/figures.ts';

const corpus = fileURLToPath(new URL('../../corpus', import.meta.url));
const notice = parseNotice('2020-taizhou-education.txt', readFileSync(join(corpus, '2020-taizhou-education.txt')));
const suggestions = draftSuggestions([notice]);
const root = mkdtempSync(join(tmpdir(), 'wence-suggestions-'));

let assistant: Assistant;
beforeAll(async () => {
  cpSync(corpus, join(root, 'corpus'), { recursive: true });
  assistant = await openAssistant(loadConfig({ CORPUS_DIR: join(root, 'corpus'), DATA_DIR: join(root, 'data') }, { cwd: root }));
});
afterAll(async () => {
  await assistant.close();
  rmSync(root, { recursive: true, force: true });
});

describe('draftSuggestions', () => {
  it('asks for the figure in the notice’s own words', () => {
    const questions = suggestions.map(({ question }) => question);
    expect(questions).toContain('改扩建多少所农村普惠性幼儿园？');
    expect(questions).toContain('优质普通高中分配生比例达到百分之多少以上？');
    expect(questions).toContain('生均教育装备值力争达到多少元？');
  });

  it('asks how where an item has a heading and no figure', () => {
    expect(suggestions).toContainEqual(expect.objectContaining({ question: '怎样加强师德师风建设？', noticeId: notice.id, passageId: `${notice.id}/4.3` }));
  });

  it('gives most passages one question, none two, and short ones', () => {
    expect(suggestions.length).toBeGreaterThan(20);
    expect(new Set(suggestions.map(({ passageId }) => passageId)).size).toBe(suggestions.length);
    for (const { question } of suggestions) expect(question).toMatch(/^.{8,34}？$/u);
  });

  it('never names the figure that it asks for', () => {
    for (const { question, passageId } of suggestions.filter((suggestion) => suggestion.question.includes('多少'))) {
      const passage = notice.passages.find(({ id }) => id === passageId);
      const asked = parseFigures(question).filter(({ kind }) => kind !== 'name' && kind !== 'ordinal');
      expect(parseFigures(passage?.text ?? '').length).toBeGreaterThan(0);
      expect(asked.filter(({ text }) => /\d/u.test(text))).toEqual([]);
    }
  });

  it('says where the answer stands', () => {
    for (const { question, start, end } of suggestions.filter((suggestion) => suggestion.question.includes('多少'))) {
      expect(notice.text.slice(start, end)).toContain(question.slice(0, question.indexOf('百分之') < 0 ? question.indexOf('多少') : question.indexOf('百分之')));
    }
  });

  it('gives none for no notice', () => {
    expect(draftSuggestions([])).toEqual([]);
  });

  it.each(suggestions.map(({ question, passageId }) => [question, passageId] as const))(
    'suggests only what is answered: %s',
    async (question, passageId) => {
      const answer = await askOnce(assistant, question);
      expect(answer.status).toBe('answered');
      expect(answer.citations.map((citation) => citation.passageId)).toContain(passageId);
    },
  );
});

describe('chooseSuggestions', () => {
  const pool: readonly Suggestion[] = Array.from({ length: 12 }, (_, index) => ({
    question: `第${index}问要做什么？`,
    noticeId: index < 6 ? 'a' : 'b',
    passageId: `p${index}`,
    start: index * 10,
    end: index * 10 + 5,
  }));

  it('puts those of the passages at hand first, in their order', () => {
    expect(chooseSuggestions(pool, ['p9', 'p2'], '别的', 3).slice(0, 2)).toEqual(['第9问要做什么？', '第2问要做什么？']);
  });

  it('fills up with others, each once', () => {
    const chosen = chooseSuggestions(pool, ['p9'], '别的', 3);
    expect(chosen).toHaveLength(3);
    expect(new Set(chosen).size).toBe(3);
  });

  it('spreads over the notices', () => {
    const notices = chooseSuggestions(pool, [], '别的', 3).map(
      (question) => pool.find((suggestion) => suggestion.question === question)?.noticeId,
    );
    expect(new Set(notices)).toEqual(new Set(['a', 'b']));
  });

  it.each(['第9问要做什么？', '第9问要做什么?', ' 第9问要做什么'])('leaves out the question itself, written 「%s」', (asked) => {
    expect(chooseSuggestions(pool, ['p9'], asked, 12)).not.toContain('第9问要做什么？');
  });

  it('is the same for the same question', () => {
    expect(chooseSuggestions(pool, ['p1'], '同一个问题', 3)).toEqual(chooseSuggestions(pool, ['p1'], '同一个问题', 3));
  });

  it('is empty where there is nothing else to ask', () => {
    expect(chooseSuggestions([], ['p1'], '问题', 3)).toEqual([]);
    expect(chooseSuggestions(pool.slice(0, 1), ['p0'], pool[0]?.question ?? '', 3)).toEqual([]);
  });

  it('leaves out what a citation of the answer has told, in its own notice alone', () => {
    expect(chooseSuggestions(pool, ['p9', 'p2'], '别的', 3, [{ noticeId: 'b', start: 88, end: 95 }])).not.toContain('第9问要做什么？');
    expect(chooseSuggestions(pool, ['p9', 'p2'], '别的', 3, [{ noticeId: 'a', start: 88, end: 95 }])).toContain('第9问要做什么？');
    expect(chooseSuggestions(pool, ['p9', 'p2'], '别的', 3, [{ noticeId: 'b', start: 91, end: 95 }])).toContain('第9问要做什么？');
  });

  it('never suggests what was just answered', async () => {
    for (const question of ['小区配套幼儿园今年整治几所', '农村普惠园改扩建几所', '师德师风怎么抓']) {
      const { citations, suggestions: suggested } = await askOnce(assistant, question);
      const told = suggestions.filter(({ noticeId, start, end }) => citations.some((place) => place.noticeId === noticeId && place.start <= start && end <= place.end));
      expect(told.length).toBeGreaterThan(0);
      for (const each of told) expect(suggested).not.toContain(each.question);
    }
  });
});
