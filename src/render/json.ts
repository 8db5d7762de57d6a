/** What JSON leaves as it is and a terminal does not: C1 controls, bidirectional and zero-width characters. */
const UNSEEN = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Indented JSON in which everything invisible is escaped: the same value, and nothing that steers a terminal. Ends with a line break. */
export function renderJson(value: unknown, indent = 2): string {
  const json = JSON.stringify(value, undefined, indent);
  return `${json.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
