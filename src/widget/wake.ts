/**
 * Tells when a page has come back: shown again, restored from the back-forward cache, or back on the network.
 * @param listener is told whether connections from before are certainly dead
 * @returns a function that ends it
 */
export function onWake(listener: (isDead: boolean) => void): () => void {
  const control = new AbortController();
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') listener(false);
  };
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) listener(true);
  };
  const onOnline = (): void => listener(true);
  document.addEventListener('visibilitychange', onVisible, control);
  addEventListener('pageshow', onShow, control);
  addEventListener('online', onOnline, control);
  return () => control.abort();
}

/** Waits, at most until the page comes back or the signal is given; never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(clock);
      stopWaking();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const clock = setTimeout(end, ms);
    const stopWaking = onWake(end);
    signal.addEventListener('abort', end);
  });
}
