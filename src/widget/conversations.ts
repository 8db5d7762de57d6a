import type { ConversationSummary } from './types.ts';

/** Ids and titles in this browser; the words are on the server. */
export interface LocalConversations {
  current(): string | undefined;
  setCurrent(conversationId: string | undefined): void;
  /** Newest first. */
  list(): readonly ConversationSummary[];
  add(conversationId: string, question: string): void;
  remove(conversationId: string): void;
}

interface Kept {
  readonly current?: string | undefined;
  readonly list: readonly ConversationSummary[];
}

const MOST = 50;
const LONGEST_TITLE = 60;

/** @param name tells services apart that are used on the same site */
export function openConversations(name: string): LocalConversations {
  const key = `wence:${name}`;
  // Where storage is blocked or full, this page's lifetime has to do.
  let kept: Kept = { list: [] };

  function read(): Kept {
    try {
      const stored = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept | null;
      if (stored && Array.isArray(stored.list)) kept = stored;
    } catch {
      // Blocked, or not ours.
    }
    return kept;
  }

  function write(next: Kept): void {
    kept = next;
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // As above.
    }
  }

  const without = (id: string): ConversationSummary[] => read().list.filter(({ conversationId }) => conversationId !== id);

  return {
    current: () => read().current,
    setCurrent: (current) => write({ ...read(), current }),
    list: () => read().list,
    add(conversationId, question) {
      const title = read().list.find((each) => each.conversationId === conversationId)?.title ?? [...question].slice(0, LONGEST_TITLE).join('');
      write({ current: conversationId, list: [{ conversationId, title, updatedAt: new Date().toISOString() }, ...without(conversationId)].slice(0, MOST) });
    },
    remove(conversationId) {
      const { current } = read();
      write({ current: current === conversationId ? undefined : current, list: without(conversationId) });
    },
  };
}
