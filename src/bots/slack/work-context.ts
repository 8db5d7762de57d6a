import type { App, Context } from '@slack/bolt';

export type WebClient = App['client'];

/** Of a listener's arguments, what the work needs. */
export interface WorkArgs {
  readonly body: unknown;
  readonly context: Context;
}

/** Under this name the end of the service is handed to listeners. */
export const SIGNAL_PROPERTY = 'wenceSignal';

export function signalOf(context: Context): AbortSignal {
  return context[SIGNAL_PROPERTY] as AbortSignal;
}

/** The workspace, which events and commands tell in one way, and clicks in another. */
export function teamOf(body: unknown): string {
  const { team_id: teamId, team } = Object(body) as { readonly team_id?: unknown; readonly team?: { readonly id?: unknown } | null };
  return typeof teamId === 'string' ? teamId : typeof team?.id === 'string' ? team.id : '';
}
