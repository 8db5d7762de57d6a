/** Lines that follow others so closely are written together: under load each writing costs as much as a tenth of an answer. */
const TOGETHER_MS = 50;
/** Warnings and errors, in pino's numbers. */
const URGENT = /^\{"level":[456]0/u;

export interface LogLines {
  add(line: string): void;
  /** Writes what waits; for the end of the process. */
  flush(): void;
}

/** Hands lines on in order: the first at once, those close behind it together a moment later; a warning or an error with all before it at once. */
export function gatherLines(write: (text: string) => void): LogLines {
  let waiting = '';
  let pause: NodeJS.Timeout | undefined;

  function flush(): void {
    const text = waiting;
    waiting = '';
    if (text !== '') write(text);
  }

  function wait(): void {
    pause = setTimeout(() => {
      pause = undefined;
      if (waiting !== '') wait();
      flush();
    }, TOGETHER_MS).unref();
  }

  return {
    add(line) {
      waiting += line;
      if (pause !== undefined && !URGENT.test(line)) return;
      flush();
      if (pause === undefined) wait();
    },
    flush,
  };
}
