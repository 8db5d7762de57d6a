import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fillPhrase, loadPhrases, loadWidgetPhrases } from '../../src/text/phrases.ts';

const folder = mkdtempSync(join(tmpdir(), 'wence-phrases-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(content: string): string {
  const file = join(folder, 'phrases.json');
  writeFileSync(file, content);
  return file;
}

const delivered = JSON.parse(readFileSync(new URL('../../prompts/phrases.json', import.meta.url), 'utf8')) as Record<string, { widget: Record<string, string> }>;

describe('the phrases', () => {
  it('are read as delivered, and frozen', () => {
    const phrases = loadPhrases();
    expect(phrases.render.sources).toBe('来源');
    expect(Object.isFrozen(phrases.render)).toBe(true);
  });

  it('name the phrase that is missing, and the file', () => {
    const { sources: _sources, ...render } = loadPhrases().render;
    const file = write(JSON.stringify({ ...delivered, 'zh-CN': { ...loadPhrases(), render } }));
    expect(() => loadPhrases(file)).toThrow(/phrases\.json: zh-CN\.render\.sources: .*Compare with the file as it was delivered/);
  });

  it('of the widget say the same things in every language', () => {
    const { send: _send, ...widget } = delivered['en']?.widget ?? {};
    const file = write(JSON.stringify({ ...delivered, en: { widget } }));
    expect(() => loadPhrases(file)).toThrow(/phrases\.json: en\.widget\.send: is missing, but another language has it/);
  });

  it('of the widget fill the same places in every language', () => {
    const placesOf = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const [key, texts] of Object.entries(loadWidgetPhrases())) {
      const [simplified, ...others] = texts.map(placesOf);
      for (const other of others) expect([key, other]).toEqual([key, simplified]);
    }
  });

  it.each([['{', /Cannot read the phrases in .*phrases\.json/], ['[]', /the file: /]])('are refused as %s', (content, message) => {
    expect(() => loadPhrases(write(content))).toThrow(message);
  });

  it('are refused where the file is missing', () => {
    expect(() => loadPhrases(join(folder, 'none.json'))).toThrow(/Cannot read the phrases in .*none\.json/);
  });
});

describe('filling a phrase', () => {
  it.each([
    ['没有找到：{missing}', { missing: '2021年' }, '没有找到：2021年'],
    ['{a}{b}', { a: '{b}', b: 'x' }, '{b}x'],
    ['{a} {unknown}', { a: '$& $1' }, '$& $1 {unknown}'],
    ['{constructor}', {}, '{constructor}'],
  ])('%s', (phrase, values, filled) => {
    expect(fillPhrase(phrase, values)).toBe(filled);
  });
});
