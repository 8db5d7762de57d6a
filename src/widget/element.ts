import { createPanel } from './panel.ts';
import type { Panel } from './panel.ts';
import { chooseLanguage, findStrings } from './strings.ts';
import type { Language, Strings } from './strings.ts';
import { CHAT_CSS, addStyles } from './styles.ts';

export const WENCE_TAG = 'wence-chat';

/** `<wence-chat>`: the widget in a shadow root of its own. */
export class WenceChat extends HTMLElement {
  static readonly observedAttributes = ['mode', 'base', 'lang', 'theme', 'position', 'title', 'token-url', 'notice-ids', 'notice'];
  /** Where the service is, where the `base` attribute does not say: where the script came from. */
  static base = '';

  #panel: Panel | undefined;

  /** Calls that came before the texts of the language. */
  #waiting: ((panel: Panel) => void)[] = [];
  #build = 0;

  connectedCallback(): void {
    if (this.#panel) return;
    const base = (this.#read('base') ?? WenceChat.base).replace(/\/$/, '');
    const lang = chooseLanguage(this.#read('lang') ?? document.documentElement.lang);
    const strings = findStrings(lang, base);
    const own = ++this.#build;
    if (strings instanceof Promise) void strings.then((loaded) => own === this.#build && this.isConnected && this.#draw(base, lang, loaded));
    else this.#draw(base, lang, strings);
  }

  #read(name: string): string | undefined {
    return this.getAttribute(name) || undefined;
  }

  #draw(base: string, lang: Language, strings: Strings): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [];
    addStyles(root, CHAT_CSS);
    const mode = this.getAttribute('mode');
    const panel = createPanel({
      host: this,
      root,
      base,
      mode: mode === 'inline' || mode === 'page' ? mode : 'launcher',
      lang,
      strings,
      theme: this.#read('theme') ?? 'auto',
      position: this.#read('position') ?? 'right',
      title: this.#read('title'),
      tokenUrl: this.#read('token-url'),
      notice: this.#read('notice'),
      noticeIds: this.#read('notice-ids')?.split(/[\s,]+/).filter(Boolean),
    });
    this.#panel = panel;
    this.#waiting.splice(0).forEach((call) => call(panel));
  }

  #call(call: (panel: Panel) => void): void {
    if (this.#panel) call(this.#panel);
    else this.#waiting.push(call);
  }

  disconnectedCallback(): void {
    this.#build += 1;
    this.#panel?.destroy();
    this.#panel = undefined;
  }

  attributeChangedCallback(): void {
    // Those that it is born with come before it is connected.
    if (this.#build === 0 || !this.isConnected) return;
    this.disconnectedCallback();
    this.connectedCallback();
  }

  open(): void {
    this.#call((panel) => panel.open());
  }

  close(): void {
    this.#call((panel) => panel.close());
  }

  /** Opens, and asks. */
  ask(question: string): void {
    this.#call((panel) => panel.ask(question));
  }

  /** Begins a new conversation. */
  reset(): void {
    this.#call((panel) => panel.reset());
  }
}
