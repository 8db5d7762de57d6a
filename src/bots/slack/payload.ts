import { createHash } from 'node:crypto';

/** What Slack sent, in either of its forms. */
export type SlackPayload = Readonly<Record<string, unknown>>;

function toPayload(value: unknown): SlackPayload | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as SlackPayload) : undefined;
}

export function parseJsonPayload(text: string): SlackPayload | undefined {
  try {
    return toPayload(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const isForm = (contentType: string): boolean => /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType);

/** Whether Slack only looks at the certificate: a form with `ssl_check`. */
export function isCertificateCheck(contentType: string, body: Buffer): boolean {
  return isForm(contentType) && new URLSearchParams(body.toString('utf8')).get('ssl_check') === '1';
}

/** Reads a body: JSON, or a form whose field `payload` is JSON, or a form of plain fields (commands). Undefined for anything else. */
export function parseBody(contentType: string, body: Buffer): SlackPayload | undefined {
  const text = body.toString('utf8');
  if (/^\s*application\/json\s*(?:;|$)/i.test(contentType)) return parseJsonPayload(text);
  if (!isForm(contentType)) return undefined;
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  return payload === null ? Object.fromEntries(form) : parseJsonPayload(payload);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What names an event, however often it is sent: the same for both ways in which it may come. Undefined for what is not worked on. */
export function findEventKey(payload: SlackPayload): string | undefined {
  const { type, event_id: eventId, trigger_id: triggerId, view } = payload;
  if (type === 'event_callback') return textOf(eventId) === '' ? undefined : `slack:${textOf(eventId)}`;
  const kind = type === 'view_submission' ? 'view' : type === 'block_actions' ? 'action' : textOf(payload['command']) === '' ? undefined : 'command';
  if (kind === undefined) return undefined;
  const { id, hash } = toPayload(view) ?? {};
  // A trigger is made anew for each click and each command, a hash for each form.
  const named = kind !== 'view' ? textOf(triggerId) : textOf(id) && textOf(hash) && `${textOf(id)}:${textOf(hash)}`;
  return `slack:${kind}:${named || createHash('sha256').update(JSON.stringify(payload)).digest('hex')}`;
}
