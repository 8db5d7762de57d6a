/** Whether a text holds anything that a vector could stand for: a letter, a digit or a symbol. Embedders give `null` for the others. */
export function isEmbeddable(text: string): boolean {
  return /[\p{L}\p{N}\p{S}]/u.test(text);
}
