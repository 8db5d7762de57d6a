import { WENCE_TAG, WenceChat } from './element.ts';

/** The script's `data-*` are the attributes of its `<wence-chat>`. */
function launch(script: HTMLScriptElement): void {
  const chat = document.createElement(WENCE_TAG);
  for (const { name, value } of script.attributes) {
    if (name.startsWith('data-')) chat.setAttribute(name.slice(5), value);
  }
  document.body.append(chat);
}

// Known only while the script itself runs: a `defer` one too, when the document has been read.
const script = document.currentScript;
if (script instanceof HTMLScriptElement && !customElements.get(WENCE_TAG)) {
  // `https://host/prefix/widget/v1/wence.js` is served by `https://host/prefix`.
  WenceChat.base = new URL('../..', script.src).href.replace(/\/$/, '');
  customElements.define(WENCE_TAG, WenceChat);
  if (script.dataset['auto'] !== 'off') {
    if (document.body) launch(script);
    else addEventListener('DOMContentLoaded', () => launch(script));
  }
}
