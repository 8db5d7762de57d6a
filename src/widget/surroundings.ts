/** What the page around tells: sizes, colours, the keyboard of a phone, the network. */
export interface Surroundings {
  readonly root: HTMLElement;
  readonly panel: HTMLElement;
  /** `auto`, `light` or `dark`. */
  readonly theme: string;
  setOffline(isOffline: boolean): void;
  setPhone(isPhone: boolean): void;
}

/** From here on there is room for two columns. */
const WIDE = 760;

/** Keeps the root's classes `dark`, `wide` and `phone` true. @returns a function that ends it */
export function watchSurroundings({ root, panel, theme, setOffline, setPhone }: Surroundings): () => void {
  const control = new AbortController();
  const on = (target: EventTarget, name: string, listener: () => void): void => target.addEventListener(name, listener, { signal: control.signal });

  function watch(query: string, tell: (matches: boolean) => void): void {
    const list = matchMedia(query);
    on(list, 'change', () => tell(list.matches));
    tell(list.matches);
  }

  watch('(prefers-color-scheme: dark)', (isDark) => root.classList.toggle('dark', theme === 'dark' || (theme !== 'light' && isDark)));
  watch('(max-width: 479.98px)', (isPhone) => {
    root.classList.toggle('phone', isPhone);
    setPhone(isPhone);
  });

  // A phone's keyboard covers the page and does not change its height.
  const { visualViewport } = window;
  const fit = (): void => {
    root.style.setProperty('--seen-height', `${visualViewport?.height ?? innerHeight}px`);
    root.style.setProperty('--seen-top', `${visualViewport?.offsetTop ?? 0}px`);
  };
  if (visualViewport) {
    on(visualViewport, 'resize', fit);
    on(visualViewport, 'scroll', fit);
  }
  fit();

  const tellNetwork = (): void => setOffline(!navigator.onLine);
  on(window, 'online', tellNetwork);
  on(window, 'offline', tellNetwork);
  tellNetwork();

  const sizes = new ResizeObserver(() => root.classList.toggle('wide', panel.clientWidth >= WIDE));
  sizes.observe(panel);
  return () => {
    control.abort();
    sizes.disconnect();
  };
}
