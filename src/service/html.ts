import { escapeHtml } from '../render/html-escape.ts';

/** HTML that is safe as it stands: made by `html`, which escapes whatever is put into it. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[];

function toMarkup(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('');
}

/** A template whose values are escaped, unless they are HTML themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: parts.map((part, index) => part + (index < values.length ? toMarkup(values[index] as Value) : '')).join('') };
}
