import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Answer } from '../../src/answer/answer.ts';
import type { Store } from '../../src/store/store.ts';
import { createAnswer } from './create-answer.ts';

export interface TestDatabase {
  /** Opens the store of one and the same database; again after it was closed, or beside. */
  open(options?: { readonly now?: () => number; readonly retentionDays?: number }): Promise<Store>;
}

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 10, 26, 4);

const refused: Partial<Answer> = {
  status: 'refused', answer: '通知没有写。', claims: [], citations: [], support: 0.2,
  refusal: { kind: 'attribute', missing: ['月租'], nearest: createAnswer().citations },
};

const HOSTILE: readonly (readonly [string, string])[] = [
  ['NUL', 'a\0b'], ['a lone high surrogate', '幼儿园\ud800'], ['a lone low surrogate', '\udfff园'], ['an emoji', '👩‍👩‍👧‍👦多少所?'], ['8,000 characters', '所'.repeat(8_000)],
  ['quotes and SQL', `'); drop table turns; --"\\`], ['line breaks', 'a\r\nb\u2028c'], ['nothing but a space', ' '], ['RTL marks', '\u202eabc\u202c'], ['the last character', '\u{10ffff}'],
];

/** What every database of the store must do. */
export function describeStore(name: string, createDatabase: () => Promise<TestDatabase>): void {
  let ids = 0;
  const nextId = (): string => `id_${(ids += 1)}`;

  async function open(options?: Parameters<TestDatabase['open']>[0]): Promise<Store> {
    const store = await (await createDatabase()).open(options);
    onTestFinished(() => store.close());
    return store;
  }

  /** A conversation with one complete turn. */
  async function converse(store: Store, { owner, key, question = '要建多少所?', answer = createAnswer() }: { owner?: string; key?: string; question?: string; answer?: Answer } = {}) {
    const conversationId = nextId();
    const answerId = nextId();
    await store.conversations.create({ conversationId, owner, channel: 'web', key }, { answerId, question });
    await store.conversations.endTurn(answerId, { state: 'complete', answer });
    return { conversationId, answerId };
  }

  describe(`${name}: conversations`, () => {
    it('gives back what was asked and answered', async () => {
      const store = await open({ now: () => NOON });
      const answer = createAnswer();
      const evidence = [{ passageId: 'x/1.1', start: 3, end: 9, score: 0.25 }];
      await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: '要建多少所?' });
      expect(await store.conversations.find('c')).toMatchObject({ turns: [{ answerId: 'a', state: 'running', text: '', citations: [] }] });
      await store.conversations.endTurn('a', { state: 'complete', answer, evidence, steps: [-2, 30] });
      expect(await store.conversations.find('c')).toEqual({
        conversationId: 'c', title: '要建多少所?', channel: 'web', createdAt: NOON, updatedAt: NOON,
        turns: [{ answerId: 'a', question: '要建多少所?', askedAt: NOON, state: 'complete', answer, text: answer.answer, citations: answer.citations, evidence, steps: [-2, 30] }],
      });
      expect((await store.conversations.findTurn('a'))?.conversationId).toBe('c');
    });

    it('takes a first turn that has ended already, asked when it was, as one that was begun and ended', async () => {
      const store = await open({ now: () => NOON });
      const answer = createAnswer();
      const evidence = [{ passageId: 'x/1.1', start: 3, end: 9, score: 0.25 }];
      await store.conversations.create({ conversationId: 'c', channel: 'api' }, { answerId: 'a', question: '要建多少所?', askedAt: NOON - 5 }, { state: 'complete', answer, evidence, steps: [3] });
      expect(await store.conversations.find('c')).toEqual({
        conversationId: 'c', title: '要建多少所?', channel: 'api', createdAt: NOON - 5, updatedAt: NOON - 5,
        turns: [{ answerId: 'a', question: '要建多少所?', askedAt: NOON - 5, state: 'complete', answer, text: answer.answer, citations: answer.citations, evidence, steps: [3] }],
      });
      expect(await store.questions.list()).toMatchObject([{ answerId: 'a', askedAt: NOON - 5 }]);
    });

    it('keeps what was shown of an answer that was stopped', async () => {
      const store = await open();
      const { citations } = createAnswer();
      await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'a', question: '?' });
      await store.conversations.endTurn('a', { state: 'stopped', text: '67所。[1]', citations: citations.slice(0, 1) });
      const turn = (await store.conversations.findTurn('a'))?.turn;
      expect(turn).toMatchObject({ state: 'stopped', text: '67所。[1]', citations: [{ n: 1 }] });
      expect(turn).not.toHaveProperty('answer');
    });

    it('an end counts once, but what was taken for failed may still complete', async () => {
      const store = await open();
      const { answerId } = await converse(store);
      await store.conversations.endTurn(answerId, { state: 'failed' });
      expect((await store.conversations.findTurn(answerId))?.turn.state).toBe('complete');
      await store.conversations.create({ conversationId: 'd', channel: 'web' }, { answerId: 'late', question: '?' });
      await store.conversations.endTurn('late', { state: 'failed' });
      await store.conversations.endTurn('late', { state: 'complete', answer: createAnswer() });
      expect((await store.conversations.findTurn('late'))?.turn.state).toBe('complete');
      await store.conversations.endTurn('nobody', { state: 'failed' });
    });

    it('hands on the conversation so far: at most twenty messages, no empty answers', async () => {
      const store = await open();
      const { conversationId } = await converse(store, { question: '问0' });
      for (let turn = 1; turn <= 12; turn += 1) {
        const answerId = nextId();
        const added = await store.conversations.addTurn(conversationId, { answerId, question: `问${turn}` });
        if (added.status !== 'added') throw new Error(added.status);
        if (turn === 1) expect(added.history).toEqual([{ role: 'user', content: '问0' }, { role: 'assistant', content: createAnswer().answer }]);
        if (turn === 12) expect([added.history.length, added.history[0]?.content, added.history.at(-1)]).toEqual([19, '问2', { role: 'user', content: '问11' }]);
        await store.conversations.endTurn(answerId, turn === 11 ? { state: 'failed' } : { state: 'stopped', text: '…' });
      }
    });

    it('says busy while another turn runs, and missing where there is none', async () => {
      const store = await open();
      const { conversationId } = await converse(store);
      expect((await store.conversations.addTurn(conversationId, { answerId: 'r1', question: '?' })).status).toBe('added');
      expect(await store.conversations.addTurn(conversationId, { answerId: 'r2', question: '?' })).toEqual({ status: 'busy' });
      expect(await store.conversations.addTurn('none', { answerId: 'r3', question: '?' })).toEqual({ status: 'missing' });
      await store.conversations.endTurn('r1', { state: 'stopped' });
      expect((await store.conversations.addTurn(conversationId, { answerId: 'r4', question: '?' })).status).toBe('added');
    });

    it('of two who add at once one is busy', async () => {
      const store = await open();
      const { conversationId } = await converse(store);
      const asked = ['x1', 'x2', 'x3'].map((answerId) => store.conversations.addTurn(conversationId, { answerId, question: '?' }));
      expect((await Promise.all(asked)).map(({ status }) => status).sort()).toEqual(['added', 'busy', 'busy']);
    });

    it('lets a turn take the place of the last one only', async () => {
      const store = await open();
      const { conversationId, answerId } = await converse(store, { question: '问错了' });
      expect(await store.conversations.addTurn(conversationId, { answerId: 'e0', question: '?', replaces: 'other' })).toEqual({ status: 'conflict' });
      expect(await store.conversations.addTurn(conversationId, { answerId: 'e1', question: '问对了', replaces: answerId })).toEqual({ status: 'added', history: [] });
      await store.conversations.endTurn('e1', { state: 'complete', answer: createAnswer() });
      expect(await store.conversations.find(conversationId)).toMatchObject({ title: '问对了', turns: [{ answerId: 'e1' }] });
      expect((await store.conversations.addTurn(conversationId, { answerId: 'e2', question: '?', replaces: answerId })).status).toBe('conflict');
      expect((await store.questions.list()).map(({ question }) => question).sort()).toEqual(['问对了', '问错了']);
    });

    it('shows an owned conversation to its owner alone', async () => {
      const store = await open();
      const { conversations, feedback } = store;
      const { conversationId, answerId } = await converse(store, { owner: 'li' });
      const free = await converse(store);
      for (const stranger of [undefined, 'wang', 'Li', 'li\0', '']) {
        expect(await conversations.find(conversationId, stranger)).toBeUndefined();
        expect(await conversations.findTurn(answerId, stranger)).toBeUndefined();
        expect(await conversations.addTurn(conversationId, { answerId: nextId(), question: '?' }, stranger)).toEqual({ status: 'missing' });
        expect(await conversations.delete(conversationId, stranger)).toBe(false);
        expect(await feedback.set({ answerId, verdict: 'up' }, stranger)).toBe(false);
      }
      expect((await conversations.find(conversationId, 'li'))?.owner).toBe('li');
      expect(await feedback.set({ answerId, verdict: 'up' }, 'li')).toBe(true);
      expect((await conversations.find(free.conversationId, 'li'))?.conversationId).toBe(free.conversationId);
    });

    it('lists those of one owner, newest first', async () => {
      let clock = NOON;
      const store = await open({ now: () => (clock += 1_000) });
      const first = await converse(store, { owner: 'li', question: '一' });
      const second = await converse(store, { owner: 'li', question: '二'.repeat(70) });
      await converse(store, { owner: 'wang' });
      await converse(store);
      await store.conversations.addTurn(first.conversationId, { answerId: nextId(), question: '?' }, 'li');
      const listed = await store.conversations.list('li');
      expect(listed.map(({ conversationId }) => conversationId)).toEqual([first.conversationId, second.conversationId]);
      expect(listed[1]?.title).toBe('二'.repeat(60));
      expect(await store.conversations.list('nobody')).toEqual([]);
    });

    it('finds a bot’s conversation by its own name, the newest', async () => {
      let clock = NOON;
      const store = await open({ now: () => (clock += 1_000) });
      await converse(store, { key: 'T1/C1/17.5' });
      const { conversationId } = await converse(store, { key: 'T1/C1/17.5' });
      expect(await store.conversations.findByKey('T1/C1/17.5')).toBe(conversationId);
      expect(await store.conversations.findByKey('T1/C1')).toBeUndefined();
    });

    it('finds no bot’s conversation that rested too long, or whose name is forgotten', async () => {
      let clock = NOON;
      const store = await open({ now: () => clock });
      const { conversationId } = await converse(store, { key: 'cid1/user1' });
      await converse(store, { key: 'cid1/user2' });
      expect(await store.conversations.findByKey('cid1/user1', NOON)).toBe(conversationId);
      expect(await store.conversations.findByKey('cid1/user1', NOON + 1)).toBeUndefined();
      clock += 1_000;
      await store.conversations.addTurn(conversationId, { answerId: nextId(), question: '还有吗' });
      expect(await store.conversations.findByKey('cid1/user1', NOON + 1)).toBe(conversationId);
      await store.conversations.forgetKey('cid1/user1');
      expect(await store.conversations.findByKey('cid1/user1')).toBeUndefined();
      expect(await store.conversations.findByKey('cid1/user2')).toBeDefined();
      expect(await store.conversations.find(conversationId)).toMatchObject({ conversationId });
    });

    it('asks whoever answers in a conversation to stop', async () => {
      const database = await createDatabase();
      const [one, other] = [await database.open(), await database.open()];
      onTestFinished(async () => void (await Promise.all([one.close(), other.close()])));
      const { conversationId, answerId } = await converse(one);
      expect(await other.conversations.requestStop(conversationId)).toBe(false);
      const next = nextId();
      await one.conversations.addTurn(conversationId, { answerId: next, question: '还有吗' });
      expect(await one.conversations.isStopRequested(next)).toBe(false);
      expect(await other.conversations.requestStop(conversationId)).toBe(true);
      expect([await one.conversations.isStopRequested(next), await one.conversations.isStopRequested(answerId), await one.conversations.isStopRequested('unknown')]).toEqual([true, false, false]);
      await one.conversations.endTurn(next, { state: 'stopped' });
      expect(await other.conversations.requestStop(conversationId)).toBe(false);
    });

    it('deletes a conversation with everything in it', async () => {
      const store = await open();
      const { conversationId, answerId } = await converse(store);
      await store.feedback.set({ answerId, verdict: 'down' });
      expect(await store.conversations.delete(conversationId)).toBe(true);
      expect(await store.conversations.delete(conversationId)).toBe(false);
      expect(await store.conversations.find(conversationId)).toBeUndefined();
      expect(await store.conversations.findTurn(answerId)).toBeUndefined();
      expect(await store.questions.list()).toEqual([]);
      expect(await store.feedback.set({ answerId, verdict: 'up' })).toBe(false);
      expect(await store.measure()).toMatchObject({ conversations: 0, turns: 0 });
    });

    it('deletes all of one owner and tells which', async () => {
      const store = await open();
      const own = [await converse(store, { owner: 'li' }), await converse(store, { owner: 'li' })];
      await converse(store);
      expect((await store.conversations.deleteAll('li')).toSorted()).toEqual(own.map(({ conversationId }) => conversationId).sort());
      expect(await store.measure()).toMatchObject({ conversations: 1, turns: 1 });
    });

    it.each(HOSTILE)('brings back %s unchanged', async (_name, text) => {
      const database = await createDatabase();
      const store = await database.open();
      const answer = createAnswer({ answer: text, standaloneQuestion: text });
      const { conversationId, answerId } = await converse(store, { owner: text, key: text, question: text, answer });
      await store.feedback.set({ answerId, verdict: 'down', comment: text }, text);
      await store.close();
      const again = await database.open();
      onTestFinished(() => again.close());
      expect(await again.conversations.find(conversationId, text)).toMatchObject({ owner: text, turns: [{ question: text, answer }] });
      expect(await again.conversations.find(conversationId, `${text}x`)).toBeUndefined();
      expect(await again.conversations.findByKey(text)).toBe(conversationId);
      expect(await again.questions.list()).toMatchObject([{ question: text, comment: text }]);
      expect((await again.conversations.addTurn(conversationId, { answerId: nextId(), question: text }, text))).toMatchObject({ history: [{ content: text }, { content: text }] });
    });

    it.each(['', 'a\0b', '\ud800', 'x'.repeat(10_000), "' or 1=1 --"])('finds nothing under %j', async (id) => {
      const store = await open();
      await converse(store);
      expect(await store.conversations.find(id)).toBeUndefined();
      expect(await store.conversations.findTurn(id)).toBeUndefined();
      expect(await store.conversations.delete(id)).toBe(false);
      expect(await store.conversations.addTurn(id, { answerId: nextId(), question: '?' })).toEqual({ status: 'missing' });
      expect(await store.feedback.set({ answerId: id, verdict: 'up' })).toBe(false);
    });

    it('does not begin a conversation of which the turn cannot be added', async () => {
      const store = await open();
      const { answerId } = await converse(store);
      await expect(store.conversations.create({ conversationId: 'half', channel: 'web' }, { answerId, question: '?' })).rejects.toThrow();
      expect(await store.conversations.find('half')).toBeUndefined();
      await converse(store);
    });

    it('does what a plain map would do, whatever comes in whatever order', async () => {
      const operation = fc.oneof(
        fc.record({ kind: fc.constant('create' as const), conversation: fc.nat(3), owner: fc.constantFrom(undefined, 'li', 'wang') }),
        fc.record({ kind: fc.constant('add' as const), conversation: fc.nat(3), owner: fc.constantFrom(undefined, 'li'), isReplacing: fc.boolean() }),
        fc.record({ kind: fc.constant('end' as const), conversation: fc.nat(3), state: fc.constantFrom('complete' as const, 'stopped' as const) }),
        fc.record({ kind: fc.constant('delete' as const), conversation: fc.nat(3), owner: fc.constantFrom(undefined, 'li') }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(operation, { maxLength: 25 }), async (operations) => {
          const store = await (await createDatabase()).open();
          const model = new Map<string, { owner: string | undefined; turns: { id: string; state: string }[] }>();
          let count = 0;
          for (const each of operations) {
            const id = `c${each.conversation}`;
            const known = model.get(id);
            const last = known?.turns.at(-1);
            const turnId = `t${(count += 1)}`;
            if (each.kind === 'create' && known === undefined) {
              await store.conversations.create({ conversationId: id, owner: each.owner, channel: 'api' }, { answerId: turnId, question: turnId });
              model.set(id, { owner: each.owner, turns: [{ id: turnId, state: 'running' }] });
            } else if (each.kind === 'add') {
              const isVisible = known !== undefined && (known.owner === undefined || known.owner === each.owner);
              const expected = isVisible ? (last?.state === 'running' ? 'busy' : 'added') : 'missing';
              const replaces = each.isReplacing ? last?.id : undefined;
              expect((await store.conversations.addTurn(id, { answerId: turnId, question: turnId, replaces }, each.owner)).status).toBe(expected);
              if (expected !== 'added') continue;
              if (replaces !== undefined) known?.turns.pop();
              known?.turns.push({ id: turnId, state: 'running' });
            } else if (each.kind === 'end' && last !== undefined) {
              await store.conversations.endTurn(last.id, each.state === 'complete' ? { state: 'complete', answer: createAnswer() } : { state: 'stopped' });
              if (last.state === 'running') last.state = each.state;
            } else if (each.kind === 'delete') {
              const isOwn = known !== undefined && (known.owner === undefined || known.owner === each.owner);
              expect(await store.conversations.delete(id, each.owner)).toBe(isOwn);
              if (isOwn) model.delete(id);
            }
          }
          for (const [id, { owner, turns }] of model) {
            const found = await store.conversations.find(id, owner);
            expect(found?.turns.map(({ answerId, state }) => ({ id: answerId, state }))).toEqual(turns);
          }
          expect((await store.measure()).conversations).toBe(model.size);
          expect(await store.check()).toEqual([]);
          await store.close();
        }),
        { numRuns: 40 },
      );
    });
  });

  describe(`${name}: the question log and feedback`, () => {
    it('logs complete answers, oldest first, with what reports need', async () => {
      let clock = NOON;
      const store = await open({ now: () => (clock += 1_000) });
      await converse(store, { question: '一' });
      const { answerId, conversationId } = await converse(store, { question: '月租多少?', answer: createAnswer({ ...refused, degraded: { reason: 'model-unverified' }, dropped: 2 }) });
      await store.conversations.create({ conversationId: 'r', channel: 'web' }, { answerId: 'running', question: '?' });
      await store.feedback.set({ answerId, verdict: 'down', reason: 'should-answer', comment: '应有' });
      const logged = await store.questions.list();
      expect(logged.map(({ question }) => question)).toEqual(['一', '月租多少?']);
      expect(logged[1]).toEqual({
        answerId, conversationId, channel: 'web', askedAt: NOON + 2_000, question: '月租多少?', standaloneQuestion: '多少所?', status: 'refused', mode: 'extractive',
        refusalKind: 'attribute', missing: ['月租'], degraded: 'model-unverified', support: 0.2, dropped: 2, totalMs: 3, citations: refused.refusal?.nearest,
        verdict: 'down', reason: 'should-answer', comment: '应有',
      });
      expect((await store.questions.list({ since: NOON + 2_000 })).length).toBe(1);
      expect((await store.questions.list({ until: NOON + 2_000 })).length).toBe(1);
      expect(await store.questions.list({ since: clock + 1 })).toEqual([]);
    });

    it('reads a log of many pages, many questions of the same millisecond among them, each once', async () => {
      const store = await open({ now: () => NOON });
      for (let asked = 0; asked < 450; asked += 1) await converse(store);
      const logged = await store.questions.list();
      expect(new Set(logged.map(({ answerId }) => answerId)).size).toBe(450);
      expect(logged.length).toBe(450);
    });

    it('keeps one verdict an answer: a later one takes the place of an earlier, and it can be taken back', async () => {
      const store = await open();
      const { answerId } = await converse(store);
      const verdict = async () => (await store.conversations.findTurn(answerId))?.turn.verdict;
      expect(await store.feedback.set({ answerId, verdict: 'down', reason: 'wrong' })).toBe(true);
      expect(await store.feedback.set({ answerId, verdict: 'up' })).toBe(true);
      expect(await verdict()).toBe('up');
      expect((await store.questions.list())[0]).not.toHaveProperty('reason');
      expect(await store.feedback.set({ answerId, verdict: null, comment: 'x' })).toBe(true);
      expect(await verdict()).toBeUndefined();
      expect((await store.questions.list())[0]).not.toHaveProperty('comment');
      expect(await store.feedback.set({ answerId: 'none', verdict: 'up' })).toBe(false);
    });
  });

  describe(`${name}: sweeping`, () => {
    it('deletes conversations whose last question is older than they are kept', async () => {
      let clock = NOON;
      const store = await open({ now: () => clock, retentionDays: 30 });
      const old = await converse(store);
      const continued = await converse(store);
      clock += 20 * DAY_MS;
      await store.conversations.addTurn(continued.conversationId, { answerId: 'later', question: '?' });
      await store.conversations.endTurn('later', { state: 'stopped' });
      expect(await store.sweep()).toEqual({ deleted: 0, failed: 0 });
      clock += 11 * DAY_MS;
      expect(await store.sweep()).toEqual({ deleted: 1, failed: 0 });
      expect(await store.conversations.find(old.conversationId)).toBeUndefined();
      expect((await store.conversations.find(continued.conversationId))?.turns.length).toBe(2);
    });

    it('deletes more than a batch of them', async () => {
      let clock = NOON;
      const store = await open({ now: () => clock });
      for (let asked = 0; asked < 250; asked += 1) await converse(store);
      clock += 181 * DAY_MS;
      expect(await store.sweep()).toEqual({ deleted: 250, failed: 0 });
      expect(await store.measure()).toMatchObject({ conversations: 0, turns: 0 });
    });

    it('fails what runs for longer than any answer, and leaves alone what may still run', async () => {
      let clock = NOON;
      const store = await open({ now: () => clock });
      await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'slow', question: '?' });
      expect(await store.sweep()).toEqual({ deleted: 0, failed: 0 });
      clock += 540_000;
      expect(await store.sweep()).toEqual({ deleted: 0, failed: 0 });
      clock += 120_000;
      expect((await store.conversations.find('c'))?.turns[0]?.state).toBe('failed');
      expect(await store.sweep()).toEqual({ deleted: 0, failed: 1 });
      clock += 3_600_000;
      expect(await store.sweep()).toEqual({ deleted: 0, failed: 0 });
    });

    it('goes on where a turn was left running for too long', async () => {
      let clock = NOON;
      const store = await open({ now: () => clock });
      await store.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'slow', question: '慢' });
      clock += 660_000;
      expect(await store.conversations.addTurn('c', { answerId: 'next', question: '?' })).toEqual({ status: 'added', history: [{ role: 'user', content: '慢' }] });
      expect((await store.conversations.findTurn('slow'))?.turn.state).toBe('failed');
    });

    it('leaves no running turn behind when it is closed, and none of another’s', async () => {
      const database = await createDatabase();
      const [one, other] = [await database.open(), await database.open()];
      onTestFinished(() => other.close());
      await one.conversations.create({ conversationId: 'c', channel: 'web' }, { answerId: 'mine', question: '?' });
      await other.conversations.create({ conversationId: 'd', channel: 'web' }, { answerId: 'theirs', question: '?' });
      await one.close();
      await one.close();
      expect((await other.conversations.findTurn('mine'))?.turn.state).toBe('failed');
      expect((await other.conversations.findTurn('theirs'))?.turn.state).toBe('running');
      expect(await other.sweep()).toEqual({ deleted: 0, failed: 0 });
    });
  });

  describe(`${name}: inbound events`, () => {
    it('are claimed once, by one of many', async () => {
      const database = await createDatabase();
      const stores = [await database.open(), await database.open()];
      onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
      const claims = await Promise.all(stores.flatMap((store) => [1, 2, 3].map(() => store.inbound.claim({ key: 'Ev1', channel: 'slack', body: '{}' }))));
      expect(claims.filter(Boolean).length).toBe(1);
    });

    it('that were left are taken again, by one process each, three times in all', async () => {
      let clock = NOON;
      const now = () => clock;
      const database = await createDatabase();
      const [one, other] = [await database.open({ now }), await database.open({ now })];
      onTestFinished(async () => void (await Promise.all([one.close(), other.close()])));
      await one.inbound.claim({ key: 'Ev1', channel: 'slack', body: '一\0' });
      await one.inbound.claim({ key: 'Ev2', channel: 'dingtalk', body: '二' });
      await one.inbound.settle('Ev2');
      expect(await other.inbound.takeAbandoned(60_000, 10)).toEqual([]);
      clock += 60_000;
      const taken = await Promise.all([one, other].map((store) => store.inbound.takeAbandoned(60_000, 10)));
      expect(taken.flat()).toEqual([{ key: 'Ev1', channel: 'slack', body: '一\0', attempts: 2 }]);
      clock += 60_000;
      expect(await one.inbound.takeAbandoned(60_000, 10)).toMatchObject([{ key: 'Ev1', attempts: 3 }]);
      clock += 60_000;
      expect(await one.inbound.takeAbandoned(60_000, 10)).toEqual([]);
    });

    it('are taken oldest first, no more than asked for', async () => {
      let clock = NOON;
      const store = await open({ now: () => (clock += 1) });
      for (const key of ['c', 'a', 'b']) await store.inbound.claim({ key, channel: 'slack', body: key });
      expect((await store.inbound.takeAbandoned(0, 2)).map(({ key }) => key)).toEqual(['c', 'a']);
    });

    it('are left alone while their worker renews its claim', async () => {
      let clock = NOON;
      const store = await open({ now: () => clock });
      for (const key of ['alive', 'dead']) await store.inbound.claim({ key, channel: 'slack', body: key });
      clock += 60_000;
      await store.inbound.renew(['alive', 'unknown']);
      await store.inbound.renew([]);
      expect((await store.inbound.takeAbandoned(60_000, 10)).map(({ key }) => key)).toEqual(['dead']);
      clock += 60_000;
      expect((await store.inbound.takeAbandoned(60_000, 10)).map(({ key }) => key)).toEqual(['alive', 'dead']);
    });

    it('that were released are taken at once, as often as ones that were not', async () => {
      const store = await open({ now: () => NOON });
      await store.inbound.claim({ key: 'Ev1', channel: 'slack', body: '{}' });
      for (let round = 0; round < 5; round += 1) {
        await store.inbound.release('Ev1');
        expect(await store.inbound.takeAbandoned(60_000, 10)).toMatchObject([{ key: 'Ev1', attempts: 1 }]);
      }
      await store.inbound.settle('Ev1');
      await store.inbound.release('Ev1');
      expect(await store.inbound.takeAbandoned(60_000, 10)).toEqual([]);
    });

    it('are taken by those alone that can work on them', async () => {
      const store = await open({ now: () => NOON });
      await store.inbound.claim({ key: 'slack:1', channel: 'slack', body: '{}' });
      await store.inbound.claim({ key: 'dingtalk:1', channel: 'dingtalk', body: '{}' });
      expect((await store.inbound.takeAbandoned(0, 10, ['dingtalk'])).map(({ key }) => key)).toEqual(['dingtalk:1']);
    });

    it('are forgotten two days after they were settled or given up', async () => {
      let clock = NOON;
      const store = await open({ now: () => clock });
      const event = (key: string) => ({ key, channel: 'slack', body: key }) as const;
      await store.inbound.claim(event('settled'));
      await store.inbound.settle('settled');
      await store.inbound.claim(event('open'));
      clock += DAY_MS;
      await store.sweep();
      expect(await store.inbound.claim(event('settled'))).toBe(false);
      clock += DAY_MS + 1;
      await store.sweep();
      expect(await store.inbound.claim(event('settled'))).toBe(true);
      expect(await store.inbound.claim(event('open'))).toBe(false);
      clock += 200 * DAY_MS;
      await store.sweep();
      expect(await store.inbound.claim(event('open'))).toBe(true);
    });
  });
}
