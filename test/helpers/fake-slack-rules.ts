import { z } from 'zod';

const id = (letters: string) => z.string().regex(new RegExp(`^[${letters}][A-Z0-9]+$`));
const channel = id('CDG');
const user = id('UW');
const ts = z.string().regex(/^\d{10}\.\d{6}$/);
const text = z.string().min(1).max(40_000);
const markdown = z.string().min(1).max(12_000);
const json = z.string().transform((value, context): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
const blocks = json.pipe(z.array(z.unknown()));
const view = json.pipe(z.record(z.string(), z.unknown()));
const flag = z.enum(['true', 'false']);
const team = { team_id: id('TE').optional() };

/** The fields of each method's form, required and optional; any other is a mistake of the caller's. */
export const methodRules = {
  'auth.test': z.strictObject({}),
  'apps.connections.open': z.strictObject({}),
  'agents.sessions.setStatus': z.strictObject({
    ...team, channel_id: channel, thread_ts: ts, status: z.enum(['processing', 'active', 'suspended', 'closed']), title: z.string().min(1).max(200).optional(), initiator_user_id: user.optional(),
  }),
  'assistant.threads.setStatus': z.strictObject({ ...team, channel_id: channel, thread_ts: ts, status: z.string().max(100) }),
  'assistant.threads.setSuggestedPrompts': z.strictObject({
    ...team, channel_id: channel, thread_ts: ts.optional(), title: z.string().optional(),
    prompts: json.pipe(z.array(z.strictObject({ title: z.string().min(1).max(75), message: z.string().min(1) })).min(1).max(4)),
  }),
  'chat.startStream': z.strictObject({ ...team, channel, thread_ts: ts, markdown_text: markdown.optional(), recipient_team_id: id('TE').optional(), recipient_user_id: user.optional() }),
  'chat.appendStream': z.strictObject({ ...team, channel, ts, markdown_text: markdown }),
  'chat.stopStream': z.strictObject({ ...team, channel, ts, markdown_text: markdown.optional(), blocks: blocks.optional() }),
  'chat.update': z.strictObject({ ...team, channel, ts, text: text.optional(), blocks: blocks.optional() }),
  'chat.postMessage': z.strictObject({ ...team, channel, text, thread_ts: ts.optional(), blocks: blocks.optional(), unfurl_links: flag, unfurl_media: flag }),
  'chat.postEphemeral': z.strictObject({ ...team, channel, user, text, thread_ts: ts.optional(), blocks: blocks.optional() }),
  'views.open': z.strictObject({ ...team, trigger_id: z.string().min(1), view }),
  'views.publish': z.strictObject({ ...team, user_id: user, view }),
} as const;

export type SlackMethod = keyof typeof methodRules;

export function isSlackMethod(method: string): method is SlackMethod {
  return Object.hasOwn(methodRules, method);
}
