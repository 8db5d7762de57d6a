/** What the tests of the store let other processes do: `store-child.ts <what> <data folder>`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open-store.ts';
import { describeError } from '../../src/errors.ts';
import { createAnswer } from './create-answer.ts';

const [, , what = '', dataDir = ''] = process.argv;
const tell = (line: string): void => void process.stdout.write(`${line}\n`);
let asked = 0;
/** nobody, on every system that has one. */
const NOBODY = 65_534;

/** Gives up being root. What a store loads is loaded before, since the folder of the code may be root's alone (a clone in `mktemp -d`). */
async function becomeNobody(): Promise<void> {
  const elsewhere = mkdtempSync(join(tmpdir(), 'wence-loaded-'));
  await (await openStore({ dataDir: elsewhere, retentionDays: 180 })).close();
  rmSync(elsewhere, { recursive: true });
  process.setuid?.(NOBODY);
}

/** Many files opened and closed, and so much made beside them that the garbage collector comes by while nothing runs. */
async function openManyTimes(): Promise<void> {
  for (let count = 0; count < 60; count += 1) {
    const store = await openStore({ dataDir, retentionDays: 180 });
    await store.check();
    await store.close();
    await new Promise((resolve) => setTimeout(resolve, 1, Array.from({ length: 20_000 }, () => ({}))));
  }
}

const nextId = (): string => `${process.pid}_${(asked += 1)}`;

try {
  if (what === 'ask-as-nobody') await becomeNobody();
  if (what === 'open-many-times') await openManyTimes();
  const store = await openStore({ dataDir, retentionDays: 180 });
  tell('open');
  const ask = async (question = '要建多少所?'): Promise<string> => {
    const answerId = nextId();
    await store.conversations.create({ conversationId: `c${answerId}`, channel: 'web' }, { answerId, question });
    await store.conversations.endTurn(answerId, { state: 'complete', answer: createAnswer() });
    return answerId;
  };

  switch (what) {
    // Until it is killed; what it tells has been kept.
    case 'ask-for-ever':
      for (;;) tell(await ask());
    case 'ask-as-nobody':
    case 'ask-300':
      for (let count = 0; count < 300; count += 1) tell(await ask());
      break;
    case 'begin-and-stay':
      await store.conversations.create({ conversationId: 'left', channel: 'web' }, { answerId: 'left-answer', question: '没答完?' });
      tell('begun');
      setInterval(() => undefined, 1_000);
      await new Promise(() => undefined);
      break;
    // Until the disk takes no more; then still reads, and tells what it was told.
    case 'fill': {
      let kept = 0;
      try {
        for (; kept < 5_000; kept += 1) await ask('所'.repeat(2_000));
      } catch (error) {
        tell(`kept ${kept}; ${describeError(error)}`);
      }
      tell(`read ${(await store.questions.list()).length}`);
      tell(`sound ${(await store.check()).length === 0}`);
      break;
    }
  }
  await store.close().catch((error: unknown) => tell(`close: ${describeError(error)}`));
} catch (error) {
  tell(`failed: ${describeError(error)}`);
}
