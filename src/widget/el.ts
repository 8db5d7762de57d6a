export interface ElementProps {
  readonly class?: string;
  readonly part?: string;
  readonly text?: string;
  /** For screen readers, and on hovering. */
  readonly label?: string;
  readonly attrs?: Readonly<Record<string, string>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

export type CreateElement = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props?: ElementProps,
  ...children: (Node | string)[]
) => HTMLElementTagNameMap[K];

/** An element with text nodes for texts: nothing is ever read as HTML. A button is a plain one, that sends no form. */
export const el: CreateElement = (tag, props = {}, ...children) => {
  const element = document.createElement(tag);
  if (props.class) element.className = props.class;
  if (props.part) element.setAttribute('part', props.part);
  if (tag === 'button') element.setAttribute('type', 'button');
  if (props.label) {
    element.title = props.label;
    element.setAttribute('aria-label', props.label);
  }
  for (const [name, value] of Object.entries(props.attrs ?? {})) element.setAttribute(name, value);
  for (const [name, listener] of Object.entries(props.on ?? {})) element.addEventListener(name, listener);
  if (props.text !== undefined) element.append(props.text);
  element.append(...children);
  return element;
};
