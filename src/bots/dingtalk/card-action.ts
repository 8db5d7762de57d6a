import { z } from 'zod';

/** What somebody did to a card. */
export interface CardAction {
  readonly answerId: string;
  /** Undefined where the card's template does not hand it on: then nothing can be stopped by it. */
  readonly conversationKey?: string;
  readonly action: 'up' | 'down' | 'stop';
}

const TRACK_START = 'wence-';
const LONGEST_KEY = 1_000;

/** What a card is known by; its callbacks bring it back. */
export function toTrackId(answerId: string): string {
  return TRACK_START + answerId;
}

const parsed = z.preprocess((value) => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}, z.looseObject({}));

const text = z.string().optional().catch(undefined);
const clickSchema = z.looseObject({
  cardPrivateData: z.looseObject({
    actionIds: z.array(z.string()).catch([]),
    params: z.looseObject({ action: text, answerId: text, conversationKey: text }).catch({ action: undefined, answerId: undefined, conversationKey: undefined }),
  }),
});

/** Platforms of different age tell the click in `content` or in `value`, as JSON in a string. */
function readClick(data: Readonly<Record<string, unknown>>) {
  for (const told of [data['content'], data['value']]) {
    const click = clickSchema.safeParse(parsed.safeParse(told).data);
    if (click.success) return click.data.cardPrivateData;
  }
  return undefined;
}

/**
 * Reads the `data` of a card's callback, as JSON or parsed; undefined for what is no button of ours. What a button does is told by its parameter
 * `action`, or by its id; which answer it is about by its parameter `answerId`, or by the card.
 */
export function readCardAction(data: unknown): CardAction | undefined {
  const callback = parsed.safeParse(data).data;
  const click = callback && readClick(callback);
  if (callback === undefined || click === undefined) return undefined;
  const { params, actionIds } = click;
  const action = (['up', 'down', 'stop'] as const).find((each) => each === (params.action || actionIds[0]));
  const trackId = callback['outTrackId'];
  const answerId = params.answerId || (typeof trackId === 'string' && trackId.startsWith(TRACK_START) ? trackId.slice(TRACK_START.length) : '');
  if (action === undefined || !/^[\w-]{1,200}$/.test(answerId)) return undefined;
  const { conversationKey = '' } = params;
  const isKey = conversationKey.startsWith('dingtalk:') && conversationKey.length <= LONGEST_KEY;
  return { answerId, action, ...(isKey && { conversationKey }) };
}
