import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RankedSentence } from '../../src/answer/answer.ts';
import type { Store } from '../../src/store/store.ts';
import { createAnswer } from '../store/create-answer.ts';
import { median } from './figure.ts';
import type { Bench } from './figure.ts';

const ASKS = 3_000;
/** Turns of a conversation that goes on. */
const TURNS = 10;
const createId = (): string => randomBytes(18).toString('base64url');

const answer = createAnswer();
/** As many as a question over the Taizhou notice has. */
const evidence = Array.from({ length: 40 }, (_, index): RankedSentence => ({ passageId: `2020-taizhou-education/2.5.${index}`, start: 100 * index, end: 100 * index + 50, score: 1.27 / (index + 1) }));

/** CPU that the store spends on one ask: the turn begun, the answer kept. A conversation has so many turns. */
async function costOfKeeping({ conversations }: Store, turns: number): Promise<number> {
  let conversationId = '';
  const before = process.cpuUsage();
  for (let asked = 0; asked < ASKS; asked += 1) {
    const turn = { answerId: createId(), question: '普惠性幼儿园覆盖面要达到多少?' };
    if (asked % turns === 0) await conversations.create({ conversationId: (conversationId = createId()), channel: 'web' }, turn);
    else await conversations.addTurn(conversationId, turn);
    await conversations.endTurn(turn.answerId, { state: 'complete', answer, evidence });
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / ASKS;
}

/** What keeping conversations adds to an ask, writing to the disk included. */
export const benchStore: Bench = async ({ dist, rounds, scratch }) => {
  const { openStore } = (await import(pathToFileURL(join(dist, 'store', 'open-store.js')).href)) as typeof import('../../src/store/open-store.ts');
  const store = await openStore({ dataDir: join(scratch, 'data'), retentionDays: 180 });
  try {
    await costOfKeeping(store, TURNS);
    const [single, going]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round += 1) {
      single.push(await costOfKeeping(store, 1));
      going.push(await costOfKeeping(store, TURNS));
    }
    const { turns, bytes } = await store.measure();
    const note = `${ASKS} asks; ${(bytes / turns / 1_024).toFixed(1)} KiB each on disk`;
    return [
      { name: 'store: added to an ask, CPU', value: median(single), unit: 'ms', goal: 0.3, note },
      { name: 'store: added to an ask that goes on, CPU', value: median(going), unit: 'ms', note: `conversations of ${TURNS} turns` },
    ];
  } finally {
    await store.close();
  }
};
