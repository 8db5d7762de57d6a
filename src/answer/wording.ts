import { AssistantError } from '../errors.ts';

/**
 * A phrase by its key; of several, the first.
 *
 * @throws AssistantError `bad-setting` where prompts/phrases.json lacks it.
 */
export function choosePhrase(section: Readonly<Record<string, string | readonly string[]>>, key: string): string {
  const phrase = section[key];
  const first = typeof phrase === 'string' ? phrase : phrase?.[0];
  if (first === undefined) throw new AssistantError('bad-setting', `Cannot find the phrase "${key}" in prompts/phrases.json. Compare with the file as it was delivered.`);
  return first;
}
