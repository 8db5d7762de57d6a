import type { AnswerSoFar } from '../render/bot-message.ts';

/** Hands on what was told of an answer, one call at a time: what comes in the meantime is told together. */
export interface Progress {
  tell(soFar: AnswerSoFar): void;
  /** Nothing is handed on from now on; resolves when the last call is over. */
  end(): Promise<void>;
}

export function createProgress(show: ((soFar: AnswerSoFar) => Promise<void>) | undefined, onFailure: (error: unknown) => void): Progress {
  let waiting: AnswerSoFar | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting !== undefined) {
      const soFar = waiting;
      waiting = undefined;
      await show?.(soFar).catch(onFailure);
    }
    running = undefined;
  }

  return {
    tell(soFar) {
      if (show === undefined) return;
      waiting = soFar;
      running ??= run();
    },
    async end() {
      waiting = undefined;
      await running;
    },
  };
}
