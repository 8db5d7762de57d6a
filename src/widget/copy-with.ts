import type { WidgetContext } from './context.ts';
import type { StringKey } from './strings.ts';

const TOLD_FOR_MS = 2000;

/** Copies the text, and tells how that went where the button's own words are for a moment. */
export async function copyWith({ copy, t, announce }: WidgetContext, button: HTMLElement, label: StringKey, text: string): Promise<void> {
  button.textContent = t((await copy(text)) ? 'copied' : 'copyFailed');
  announce(button.textContent);
  setTimeout(() => (button.textContent = t(label)), TOLD_FOR_MS);
}
