export const WENCE_TAG = 'wence-chat';

/** `<wence-chat>`: the widget in a shadow root of its own. */
export class WenceChat extends HTMLElement {
  /** Where the service is, where the `base` attribute does not say: the origin of the script. */
  static base = '';
}
