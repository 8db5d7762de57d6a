import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isNoticeFile, listNoticeFiles, loadCorpus } from '../../src/corpus/load.ts';
import { messageOf, parse } from './parse.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wence-corpus-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, content: string | Uint8Array): Promise<void> => writeFile(join(folder, name), content);
const good = '关于工作的通知\n一、甲。\n二、乙。\n';

describe('ids', () => {
  it.each([
    ['2020-taizhou-education.txt', '2020-taizhou-education'], ['关于加强供暖的通知.txt', '关于加强供暖的通知'], ['通知 第1号.md'.replace(' ', '_'), '通知_第1号'],
    ['v1.2.md', 'v1.2'], ['Ä.TXT', 'Ä'], ['cafe\u0301.txt', 'café'], [`${'长'.repeat(128)}.txt`, '长'.repeat(128)],
  ])('%s', (file, id) => {
    const { id: found, passages } = parse(good, file);
    expect(found).toBe(id);
    expect(passages[0]?.id).toBe(`${id}/1`);
  });

  it.each([
    ['通知 第1号.txt'], ['通知（试行）.txt'], ['a/b.txt'], ['..txt'], ['-a.txt'],
    ['_a.txt'], ['a\u200bb.txt'], ['a\nb.txt'], [`${'长'.repeat(129)}.txt`], ['.txt'],
  ])('are refused where the name %j gives none', (file) => {
    const rule = "its name becomes the notice's id and may hold letters, digits and . _ - only, at most 128";
    const message = `Cannot use ${JSON.stringify(file)} as a notice: ${rule}. Rename the file.`;
    expect(messageOf(() => parse(good, file))).toBe(`AssistantError: ${message}`);
  });
});

describe('a folder of notices', () => {
  it('gives every notice, in the order of ids, and one hash for all', async () => {
    await write('b.txt', good);
    await write('a.md', '# 通知\n正文。');
    await write('a-1.txt', good);
    const { notices, problems, hash } = await loadCorpus(folder);
    expect(notices.map(({ id }) => id)).toEqual(['a', 'a-1', 'b']);
    expect(problems).toEqual([]);
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect((await loadCorpus(folder)).hash).toBe(hash);
    await write('b.txt', `${good}三、丙。\n`);
    expect((await loadCorpus(folder)).hash).not.toBe(hash);
  });

  it('reads .txt and .md only, and neither hidden files nor the lexicon', async () => {
    const names = ['a.txt', 'B.TXT', 'c.md', '.hidden.txt', 'lexicon.json', 'd.docx', 'e', 'f.txt~', 'g.txt.swp'];
    for (const name of names) await write(name, good);
    await mkdir(join(folder, 'folder.txt'));
    expect(await listNoticeFiles(folder)).toEqual(['B.TXT', 'a.txt', 'c.md']);
    expect(['a.txt', 'c.MD', '.a.txt', 'lexicon.json', 'txt'].map(isNoticeFile)).toEqual([true, true, false, false, false]);
  });

  it('names each file that can not be used, and loads the others', async () => {
    await write('ok.txt', good);
    await write('empty.txt', '');
    await write('blank.txt', ' \n\u3000\u200b\n');
    await write('furniture.txt', '当前位置: 首页\n打印本页 关闭窗口\n');
    await write('title.txt', '关于工作的通知\n\n打印本页\n一、\n');
    await write('middle.txt', '关于工作的通知\n三是推进。\n四是加强。\n');
    await write('binary.md', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    await write('bad name.txt', good);
    await write('large.txt', '甲。\n'.repeat(800_000));
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling.txt'));
    await mkdir(join(folder, 'folder'));
    await symlink(join(folder, 'folder'), join(folder, 'linked.txt'));
    const { notices, problems } = await loadCorpus(folder);
    expect(notices.map(({ id }) => id)).toEqual(['ok']);
    const told = Object.fromEntries(problems.map(({ file, message }) => [file, message]));
    expect(told).toEqual({
      'bad name.txt': expect.stringContaining('Rename the file.'),
      'binary.md': 'Cannot parse binary.md: line 3 holds a NUL character, so this is no text file. Save the notice as plain text.',
      'blank.txt': "Cannot parse blank.txt: line 1 to the end hold no text. Save the notice's text into the file, or remove it.",
      'dangling.txt': expect.stringMatching(/^Cannot read dangling\.txt \(ENOENT.*\)\. Check the file and its permissions\.$/u),
      'empty.txt': "Cannot parse empty.txt: line 1 is missing, the file is empty. Save the notice's text into it, or remove it.",
      'furniture.txt': "Cannot parse furniture.txt: line 1 to the end hold no text. Save the notice's text into the file, or remove it.",
      'large.txt': 'Cannot use large.txt: it is 5.3 MiB large, and a notice may have 5. Split it.',
      'linked.txt': 'Cannot use linked.txt: it leads to no regular file. Put the text there, or remove it.',
      'middle.txt': 'Cannot parse middle.txt: line 2 starts item "三是" before any part heading. Check that the headings were kept.',
      'title.txt': 'Cannot parse title.txt: line 1 to the end hold a title but no text. Check that the text was kept.',
    });
  });

  it('follows links to files, and does not wait for a pipe', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await writeFile(join(folder, 'elsewhere', 'x'), good);
    await symlink(join(folder, 'elsewhere', 'x'), join(folder, 'link.txt'));
    execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
    const { notices, problems } = await loadCorpus(folder);
    expect(notices.map(({ id }) => id)).toEqual(['link']);
    expect(problems.map(({ file }) => file)).toEqual(['pipe.txt']);
  });

  it.skipIf(process.getuid?.() === 0)('names a file that may not be read', async () => {
    await write('secret.txt', good);
    await chmod(join(folder, 'secret.txt'), 0);
    const { problems } = await loadCorpus(folder);
    const message = expect.stringMatching(/^Cannot read secret\.txt \(EACCES.*\)\. Check the file and its permissions\.$/u);
    expect(problems).toEqual([{ file: 'secret.txt', message }]);
  });

  it('keeps the first of two files with one id, whatever their endings or forms', async () => {
    await write('a.md', good);
    await write('a.txt', '# 另一份\n正文。');
    await write('é.txt'.normalize('NFC'), good);
    await write('é.txt'.normalize('NFD'), good);
    const { notices, problems } = await loadCorpus(folder);
    expect(notices.map(({ id }) => id)).toEqual(['a', 'é'.normalize('NFC')]);
    expect(problems.map(({ message }) => message)).toContain('Cannot use a.txt: a.md already has the id a. Rename one of them.');
    expect(problems).toHaveLength(2);
  });

  it('accepts a file of exactly five mebibytes', async () => {
    await write('a.txt', Buffer.concat([Buffer.from('通知\n正文。\n'), Buffer.alloc(5 * 1024 * 1024 - 17, 0x20)]));
    expect((await loadCorpus(folder)).problems).toEqual([]);
  });

  it('may be empty, but must be there', async () => {
    expect(await loadCorpus(folder)).toMatchObject({ notices: [], problems: [] });
    const loading = loadCorpus(join(folder, 'missing'));
    await expect(loading).rejects.toThrow(/^Cannot read the corpus folder .*missing \(ENOENT.*\)\. Create it, or point CORPUS_DIR at/u);
  });

  it('reads a thousand notices of a paragraph within six seconds', async () => {
    const sentence = '全市新建公办幼儿园三十所，改扩建二十所，普惠性幼儿园覆盖面达到百分之九十；';
    for (let index = 0; index < 1000; index += 1) await write(`n${index}.txt`, `${index}：${sentence.repeat(11)}`.slice(0, 399).concat('。'));
    const started = performance.now();
    const { notices } = await loadCorpus(folder);
    expect(performance.now() - started).toBeLessThan(6000);
    expect(notices.every(({ passages }) => passages.length === 1)).toBe(true);
    expect(notices).toHaveLength(1000);
  });
});
