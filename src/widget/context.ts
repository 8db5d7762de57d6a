import type { Api } from './api.ts';
import type { CreateElement } from './el.ts';
import type { Translate } from './strings.ts';
import type { Citation, WidgetSettings } from './types.ts';

/** What every part of the widget is handed. */
export interface WidgetContext {
  readonly api: Api;
  readonly t: Translate;
  /** `zh-CN`, `zh-TW` or `en`. */
  readonly lang: string;
  /** Undefined until the service has told them. */
  readonly settings: () => WidgetSettings | undefined;
  /** Tells screen readers, once and politely; a later text takes the place of one not yet read. */
  announce(text: string): void;
  /** Shows the notice at the words of `citations[index]`; the others are what "next" goes through. */
  openCitation(citations: readonly Citation[], index: number): void;
  readonly el: CreateElement;
  /**
   * Adds rules to the shadow root, as a constructable sheet. Colours and measures are variables there (styles.ts): `--accent`,
   * `--on-accent`, `--tint`, `--text`, `--muted`, `--line`, `--surface`, `--ground`, `--mark`, `--mark-line`, `--warning`, `--good`,
   * `--radius`. The root has the classes `dark`, `wide` (room for two columns), `phone` and its mode.
   */
  addStyles(css: string): void;
  /** Puts text on the clipboard; false where the browser refuses. */
  copy(text: string): Promise<boolean>;
}

export interface View {
  readonly element: HTMLElement;
  destroy(): void;
}

export interface NoticeView extends View {
  show(citations: readonly Citation[], index: number): Promise<void>;
  /** @param hash a place, as in `#s=2.5.7&c=1903-1936` */
  showNotice(id: string, hash?: string): Promise<void>;
  /** Called when the person closes it; whoever shows it sets this. */
  onClose: () => void;
}

export interface TargetsView extends View {
  show(): Promise<void>;
}
