import type { BaseMessage } from '@langchain/core/messages';
import type { ChatModel } from '../../src/models/chat-model.ts';

export interface ScriptedModel extends ChatModel {
  /** The messages of each call. */
  readonly calls: (readonly BaseMessage[])[];
  /** What was sent, call after call, as one text. */
  readonly sent: string;
}

/** A chat model that says these pieces each time; an error among them is thrown where it stands, a function is run. */
export function scriptModel(...pieces: readonly (string | Error | (() => void | Promise<void>))[]): ScriptedModel {
  const calls: (readonly BaseMessage[])[] = [];
  return {
    id: 'scripted @ nowhere',
    calls,
    get sent() {
      return calls.flat().map(({ content }) => String(content)).join('\n');
    },
    async *stream(messages, { signal } = {}) {
      calls.push(messages);
      for (const piece of pieces) {
        signal?.throwIfAborted();
        if (piece instanceof Error) throw piece;
        if (typeof piece === 'string') yield piece;
        else await piece();
      }
    },
  };
}

/** The same, letter by letter. */
export const scriptLetters = (reply: string): ScriptedModel => scriptModel(...reply);
