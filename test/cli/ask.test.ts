import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AssistantError } from '../../src/errors.ts';
import { createAnswerEvents, createFakeAssistant, heating, kindergartens } from '../helpers/fake-assistant.ts';
import { makeFolder, run } from './run.ts';

describe('wence ask', () => {
  it('prints the cited answer and its sources, and closes the assistant', async () => {
    const { code, out, err, assistant } = await run(['ask', '覆盖面是多少?']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatchInlineSnapshot(`
      "建成二级以上标准幼儿园67所。[1]普惠性幼儿园覆盖面达到90%。[2]

      来源
        [1] 一、补齐短板 › 1  「建成二级以上标准幼儿园67所。」 (2020年学前教育重点工作, 2020-04-03)
        [2] 一、补齐短板 › 2  「普惠性幼儿园覆盖面达到90%。」 (2020年学前教育重点工作, 2020-04-03)

      可以这样问
        · 要建多少所标准幼儿园?
      "
    `);
    expect(assistant.asked[0]?.question).toBe('覆盖面是多少?');
    expect(assistant.calls).toEqual(['close']);
  });

  it('asks without what nobody sees', async () => {
    expect((await run(['ask', ' \u001b[31m覆\u200b盖面\u202e? '])).assistant.asked[0]?.question).toBe('覆盖面?');
  });

  it('takes words without quotation marks as one question', async () => {
    expect((await run(['ask', '覆盖面', '是多少?'])).assistant.asked[0]?.question).toBe('覆盖面 是多少?');
  });

  it('reads the question from standard input, across chunks', async () => {
    const bytes = Buffer.from('覆盖面是多少?\n');
    const { code, assistant } = await run(['ask'], { input: [bytes.subarray(0, 4), bytes.subarray(4)] });
    expect([code, assistant.asked[0]?.question]).toEqual([0, '覆盖面是多少?']);
  });

  it.each([
    ['no question and a terminal', ['ask'], {}, /What is the question\?/],
    ['an empty standard input', ['ask'], { input: [''] }, /The question is empty/],
    ['a blank question', ['ask', ' \u200b '], {}, /The question is empty/],
    ['too long a question', ['ask', '教'.repeat(2001)], {}, /has 2001 characters; at most 2000/],
    ['a file piped by mistake', ['ask'], { input: ['x'.repeat(70_000)] }, /too long for a question/],
    ['bytes that are no text', ['ask'], { input: [Buffer.from([0xff, 0xfe, 0x00])] }, /not UTF-8/],
    ['a cut character', ['ask'], { input: [Buffer.from('问').subarray(0, 2)] }, /not UTF-8/],
  ])('refuses %s with 2 before anything is opened', async (_name, commandLine, options, message) => {
    const { code, out, err, opened } = await run(commandLine, options);
    expect([code, out, opened]).toEqual([2, '', []]);
    expect(err).toMatch(message);
  });

  it('--json prints the answer as it is', async () => {
    const { out } = await run(['ask', '--json', '问']);
    expect(JSON.parse(out)).toMatchObject({ status: 'answered', citations: [{ n: 1 }, { n: 2 }] });
  });

  it('--stream prints the same text as the whole answer', async () => {
    expect((await run(['ask', '--stream', '问'])).out).toBe((await run(['ask', '问'])).out);
  });

  it('--stream prints each sentence before the next is there', async () => {
    const printed: string[] = [];
    const events = createAnswerEvents('问', kindergartens.passages);
    let out = (): string => '';
    const assistant = createFakeAssistant({
      async *ask() {
        for (const event of events) {
          yield event;
          if (event.type === 'text-delta') printed.push(out());
        }
      },
    });
    let text = '';
    out = () => text;
    const { runProgram } = await import('../../src/cli/program.ts');
    await runProgram(['ask', '--stream', '问'], {
      stdin: { isTTY: true, async *[Symbol.asyncIterator]() { /* nothing */ } },
      stdout: { write: (piece) => (text += piece) },
      stderr: { write: () => undefined },
      env: {},
      cwd: makeFolder(),
      openAssistant: async () => assistant,
    });
    expect(printed).toEqual(['建成二级以上标准幼儿园67所。[1]', '建成二级以上标准幼儿园67所。[1]普惠性幼儿园覆盖面达到90%。[2]']);
  });

  it('--stream --json prints one event a line', async () => {
    const { out } = await run(['ask', '--stream', '--json', '问']);
    const types = out.trimEnd().split('\n').map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).toEqual(['answer-start', 'evidence-found', 'citation-added', 'text-delta', 'citation-added', 'text-delta', 'answer-end']);
  });

  it('--notice asks these notices only', async () => {
    const { assistant } = await run(['ask', '--notice', kindergartens.id, '--notice', heating.id, '问']);
    expect(assistant.asked[0]?.options.noticeIds).toEqual([kindergartens.id, heating.id]);
  });

  it('--notice with a name that is not there lists those that are', async () => {
    const { code, err, assistant } = await run(['ask', '问', '--notice', '1999\u001b[31m']);
    expect([code, err]).toEqual([2, `wence: There is no notice "1999". There are: ${kindergartens.id}, ${heating.id}\n`]);
    expect(assistant.calls).toEqual(['close']);
  });

  it('--why shows how the answer was found', async () => {
    const { out, assistant } = await run(['ask', '--why', '问']);
    expect(assistant.asked[0]?.options.explain).toBe(true);
    expect(out).toContain('怎样得出的\n  按“问数字”理解；问题里的意思有 60% 在原文中找到');
  });

  it('is 0 for a refusal: that is an answer', async () => {
    const refused = { status: 'refused', answer: '没有写。', refusal: { kind: 'outside', missing: [], nearest: [] } } as const;
    const assistant = createFakeAssistant({
      async *ask() {
        yield* createAnswerEvents('问', [], refused);
      },
    });
    expect(await run(['ask', '问'], { assistant })).toMatchObject({ code: 0, out: expect.stringContaining('没有写。') });
  });

  it('has colours on a terminal, and none with NO_COLOR', async () => {
    expect((await run(['ask', '问'], { isTTY: true })).out).toContain('\u001b[36m[1]');
    expect((await run(['ask', '问'], { isTTY: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b');
  });

  it('reads .env of the working directory, and warns of slips in it', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, '.env'), 'CORPUS_DIR=mine\nCHAT_MODLE=x\n');
    const { opened, err } = await run(['ask', '问'], { cwd });
    expect(opened[0]?.corpusDir).toBe(join(cwd, 'mine'));
    expect(err).toBe('warning: CHAT_MODLE is no setting; was CHAT_MODEL meant?\n');
  });

  it('exits with 2 for wrong settings, all named', async () => {
    const { code, err } = await run(['ask', '问'], { env: { PORT: 'x', LOG_LEVEL: 'loud' } });
    expect(code).toBe(2);
    expect(err).toMatch(/^wence: 2 settings are wrong:\n {2}PORT: .*\n {2}LOG_LEVEL: /);
  });
});

describe('a failure', () => {
  const open = async (): Promise<never> => {
    throw new AssistantError('bad-notice', 'Cannot read /x with sk-1234567890abcdef and my-key\u001b[31m');
  };

  it('is said without a stack, a secret or an escape sequence, and exits with 1', async () => {
    const { code, out, err } = await run(['ask', '问'], { open, env: { OPENAI_API_KEY: 'my-key' } });
    expect([code, out, err]).toEqual([1, '', 'wence: Cannot read /x with [secret] and [secret]\n']);
  });

  it('hides a key from .env too', async () => {
    const cwd = makeFolder();
    writeFileSync(join(cwd, '.env'), 'OPENAI_API_KEY=my-key\nLOG_LEVEL=debug\n');
    const { err } = await run(['ask', '问'], { open, cwd });
    expect(err).toMatch(/^wence: AssistantError: Cannot read \/x with \[secret\] and \[secret\]\n {4}at /);
  });

  it('has its stack with LOG_LEVEL=debug', async () => {
    const { err } = await run(['ask', '问'], { open, env: { LOG_LEVEL: 'debug' } });
    expect(err).toMatch(/^wence: AssistantError: Cannot read[\s\S]*\n {4}at /);
  });

  it('in mid-answer exits with 1 and still closes the assistant', async () => {
    const assistant = createFakeAssistant({
      async *ask() {
        yield* createAnswerEvents('问', kindergartens.passages).slice(0, 4);
        throw new Error('broken pipe to the index');
      },
    });
    const { code, err } = await run(['ask', '--stream', '问'], { assistant });
    expect([code, err, assistant.calls]).toEqual([1, 'wence: broken pipe to the index\n', ['close']]);
  });

  it('by Ctrl-C withdraws the question, is silent, and exits with 130', async () => {
    const assistant = createFakeAssistant({
      async *ask(_question, { signal }) {
        yield* createAnswerEvents('问', kindergartens.passages).slice(0, 2);
        setTimeout(() => process.emit('SIGINT'), 20);
        await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      },
    });
    expect(await run(['ask', '问'], { assistant })).toMatchObject({ code: 130, out: '', err: '' });
    expect(assistant.calls).toEqual(['close']);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});
