import { readFileSync } from 'node:fs';
import { AssistantError, describeError } from '../errors.ts';

const SECTION = /^# (system|human)\s*$/gm;

/** The two parts of a prompt as staff wrote it, with places in braces. */
export interface PromptFile {
  readonly system: string;
  readonly human: string;
}

/**
 * Reads a prompt and checks that it has exactly these places.
 *
 * @throws AssistantError `bad-setting` naming the file and what is wrong in it.
 */
export function readPromptFile(path: string, places: readonly string[]): PromptFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replaceAll('\r', '');
  } catch (error) {
    throw new AssistantError('bad-setting', `Cannot read the prompt ${path}: ${describeError(error)}. Restore the file.`, { cause: error });
  }
  const headings = [...text.matchAll(SECTION)];
  const part = (name: string): string => {
    const index = headings.findIndex((heading) => heading[1] === name);
    const heading = headings[index];
    if (heading === undefined) {
      throw new AssistantError('bad-setting', `Cannot use the prompt ${path}: no line "# ${name}". Put it in front of the ${name} part.`);
    }
    return text.slice(heading.index + heading[0].length, headings[index + 1]?.index).trim();
  };
  const parts = { system: part('system'), human: part('human') };
  const found = [...`${parts.system}\n${parts.human}`.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
  const [missing, unknown] = [places.filter((name) => !found.includes(name)), found.filter((name) => !places.includes(name))];
  const braces = `${parts.system}${parts.human}`.replace(/\{\w+\}/g, '').match(/[{}]/g) ?? [];
  if (missing.length + unknown.length + braces.length > 0) {
    const problem = missing.length > 0 ? `{${missing.join('}, {')}} missing` : `{${unknown.join('}, {')}} or a single brace is not known`;
    throw new AssistantError('bad-setting', `Cannot use the prompt ${path}: ${problem}. It needs exactly {${places.join('}, {')}}.`);
  }
  return parts;
}
