import type { CommandContext, OnProgress } from './context.ts';

/** Work that is done before a bar would be seen needs none. */
const QUIET_MS = 300;

export interface Progress {
  readonly onProgress: OnProgress;
  /** Removes the bar; always to be called. */
  stop(): void;
}

/** A progress bar on standard error for long work; nothing where that is no terminal. */
export async function createProgress({ stderr }: CommandContext): Promise<Progress> {
  if (!stderr.isTTY) return { onProgress: () => undefined, stop: () => undefined };
  const { SingleBar, Presets } = (await import('cli-progress')).default;
  const look = { format: '  {step} [{bar}] {value}/{total}', hideCursor: true, clearOnComplete: true, gracefulExit: false };
  const bar = new SingleBar({ ...look, stream: stderr as NodeJS.WriteStream }, Presets.shades_classic);
  const started = performance.now();
  let isShown = false;
  return {
    onProgress(done, total, step = '') {
      if (!isShown && performance.now() - started < QUIET_MS) return;
      if (isShown) bar.setTotal(total);
      else bar.start(total, done, { step });
      isShown = true;
      bar.update(done, { step });
    },
    stop() {
      if (isShown) bar.stop();
    },
  };
}
