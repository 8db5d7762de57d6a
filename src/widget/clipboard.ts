import { el } from './el.ts';

/** Puts text on the clipboard; a page without https has the old way only. @returns whether it worked */
export async function copyText(text: string, root: ShadowRoot): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = root.activeElement;
    const area = el('textarea', { class: 'unseen', attrs: { readonly: '', 'aria-hidden': 'true' } });
    area.value = text;
    root.append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return isCopied;
  }
}
