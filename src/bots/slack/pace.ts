/** Shows a text that grows, not too often, and the last of it even where nothing more comes for a while. */
export interface Pace {
  /** From now on the time counts. */
  begin(): void;
  /** Shows the text so far now or when it may; resolves when that is done, or put off. @throws what `show` threw */
  tell(text: string): Promise<void>;
  /** Nothing is shown from now on; resolves when what is being shown is. Never throws. */
  end(): Promise<void>;
}

/** @param everyMs the least time before the first text, and between two */
export function createPace(show: (text: string) => Promise<void>, everyMs: number, clock: () => number, onFailure: (error: unknown) => void): Pace {
  let shownAt = clock();
  let latest = '';
  let later: NodeJS.Timeout | undefined;
  let showing: Promise<void> = Promise.resolve();
  let isOver = false;

  /** One call at a time. */
  function showLatest(): Promise<void> {
    clearTimeout(later);
    later = undefined;
    shownAt = clock();
    const mine = showing.then(() => show(latest));
    showing = mine.catch(() => undefined);
    return mine;
  }

  return {
    begin() {
      shownAt = clock();
    },
    async tell(text) {
      if (isOver) return;
      latest = text;
      const waitMs = everyMs - (clock() - shownAt);
      if (waitMs <= 0) return showLatest();
      later ??= setTimeout(() => void showLatest().catch(onFailure), waitMs).unref();
    },
    async end() {
      isOver = true;
      clearTimeout(later);
      await showing;
    },
  };
}
