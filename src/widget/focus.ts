const FOCUSABLE = 'button:not([disabled]),textarea,input,select,a[href],[tabindex="0"]';

/** Keeps the Tab key inside, going round: for a panel that covers the whole screen. */
export function keepFocusInside(event: KeyboardEvent, container: HTMLElement, root: ShadowRoot): void {
  if (event.key !== 'Tab') return;
  const fields = [...container.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((each) => each.getClientRects().length > 0);
  const [first, last] = [fields[0], fields[fields.length - 1]];
  const from = event.shiftKey ? first : last;
  if (root.activeElement !== from && root.activeElement !== container) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
}
