import { codeOf } from './failures.ts';
import type { WebClient } from './work-context.ts';

/** Where an answer is shown: a thread of a channel or of a direct message. */
export interface SlackPlace {
  readonly channel: string;
  readonly threadTs: string;
}

/** What people see while an answer is worked out: the agent's session with Slack's own stop button, or, in workspaces without it, a line of text. */
export interface SlackSessions {
  begin(place: SlackPlace, title: string, userId: string): Promise<void>;
  /** The work is over, or was stopped. */
  end(place: SlackPlace): Promise<void>;
}

/** Codes that mean the workspace, or the app, has no sessions: it is not asked again for a while. */
const LACKING = /^(?:unknown_method|missing_scope|not_allowed|method_deprecated|feature_not_enabled|invalid_arguments|access_denied|not_supported|HTTP 404)/;
const AGAIN_AFTER_MS = 3_600_000;
const LONGEST_TITLE = 200;

export interface SlackSessionsOptions {
  readonly client: WebClient;
  /** Shown where there are no sessions. */
  readonly status: string;
  readonly clock: () => number;
}

/** None of it is worth failing for: what goes wrong is left out. */
export function createSlackSessions({ client, status, clock }: SlackSessionsOptions): SlackSessions {
  let lackingUntil = 0;

  async function setSession(place: SlackPlace, more: { readonly status: string; readonly title?: string; readonly initiator_user_id?: string }): Promise<boolean> {
    if (clock() < lackingUntil) return false;
    try {
      await client.agents.sessions.setStatus({ channel_id: place.channel, thread_ts: place.threadTs, ...more });
      return true;
    } catch (error) {
      if (LACKING.test(codeOf(error))) lackingUntil = clock() + AGAIN_AFTER_MS;
      return false;
    }
  }

  async function setLine(place: SlackPlace, text: string): Promise<void> {
    await client.assistant.threads.setStatus({ channel_id: place.channel, thread_ts: place.threadTs, status: text }).catch(() => undefined);
  }

  return {
    async begin(place, title, userId) {
      const clipped = [...title].slice(0, LONGEST_TITLE).join('');
      if (!(await setSession(place, { status: 'processing', ...(clipped !== '' && { title: clipped }), ...(userId !== '' && { initiator_user_id: userId }) }))) await setLine(place, status);
    },
    async end(place) {
      if (!(await setSession(place, { status: 'active' }))) await setLine(place, '');
    },
  };
}
