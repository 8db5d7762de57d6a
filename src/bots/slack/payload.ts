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

/** Reads a body: JSON, or a form whose field `payload` is JSON, or a form of plain fields (commands). Undefined for anything else. */
export function parseBody(contentType: string, body: Buffer): SlackPayload | undefined {
  const text = body.toString('utf8');
  const [kind = ''] = contentType.split(';');
  switch (kind.trim().toLowerCase()) {
    case 'application/json':
      return parseJsonPayload(text);
    case 'application/x-www-form-urlencoded': {
      const form = new URLSearchParams(text);
      const payload = form.get('payload');
      return payload === null ? Object.fromEntries(form) : parseJsonPayload(payload);
    }
    default:
      return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What names an event, however often it is sent: the same for both ways in which it may come. Undefined for what is not worked on. */
export function findEventKey(payload: SlackPayload): string | undefined {
  const { type, event_id: eventId, trigger_id: triggerId, view } = payload;
  if (type === 'event_callback') return textOf(eventId) === '' ? undefined : `slack:${textOf(eventId)}`;
  if (type === 'view_submission') return `slack:view:${textOf(toPayload(view)?.['id'])}:${textOf(toPayload(view)?.['hash'])}`;
  if (type !== 'block_actions' && textOf(payload['command']) === '') return undefined;
  // A trigger is made anew for each click and each command.
  const named = textOf(triggerId) || createHash('sha256').update(JSON.stringify(payload)).digest('hex');
  return `slack:${type === 'block_actions' ? 'action' : 'command'}:${named}`;
}
