import type { Mode } from './frame.ts';
import { createPanel } from './panel.ts';
import type { Panel } from './panel.ts';
import { CHAT_CSS, addStyles } from './styles.ts';

export const WENCE_TAG = 'wence-chat';

function isMode(value: string | null): value is Mode {
  return value === 'inline' || value === 'page' || value === 'launcher';
}

/** `<wence-chat>`: the widget in a shadow root of its own. */
export class WenceChat extends HTMLElement {
  static readonly observedAttributes = ['mode', 'base', 'lang', 'theme', 'position', 'title', 'token-url', 'notice-ids'];
  /** Where the service is, where the `base` attribute does not say: where the script came from. */
  static base = '';

  #panel: Panel | undefined;

  connectedCallback(): void {
    if (this.#panel) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [];
    addStyles(root, CHAT_CSS);
    const mode = this.getAttribute('mode');
    const read = (name: string): string | undefined => this.getAttribute(name) || undefined;
    this.#panel = createPanel({
      host: this,
      root,
      base: (read('base') ?? WenceChat.base).replace(/\/$/, ''),
      mode: isMode(mode) ? mode : 'launcher',
      lang: read('lang') ?? document.documentElement.lang,
      theme: read('theme') ?? 'auto',
      position: read('position') ?? 'right',
      title: read('title'),
      tokenUrl: read('token-url'),
      noticeIds: read('notice-ids')?.split(/[\s,]+/).filter(Boolean),
    });
  }

  disconnectedCallback(): void {
    this.#panel?.destroy();
    this.#panel = undefined;
  }

  attributeChangedCallback(): void {
    if (!this.#panel) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }

  open(): void {
    this.#panel?.open();
  }

  close(): void {
    this.#panel?.close();
  }

  /** Opens, and asks. */
  ask(question: string): void {
    this.#panel?.ask(question);
  }

  /** Begins a new conversation. */
  reset(): void {
    this.#panel?.reset();
  }
}
