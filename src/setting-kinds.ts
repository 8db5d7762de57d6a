import { z } from 'zod';

/** The issue's message is what the setting accepts; name and value are added where it is reported. */
export function setting<T>(accepted: string, parse: (value: string) => T | undefined) {
  return z.string().transform((value, context) => {
    const parsed = parse(value);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message: accepted });
    return z.NEVER;
  });
}

/** Without a sign. */
export function wholeNumber(least: number, most: number) {
  return setting(`a whole number from ${least} to ${most}`, (value) => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : -1;
    return number >= least && number <= most ? number : undefined;
  });
}

export function matching(pattern: RegExp, accepted: string) {
  return setting(accepted, (value) => (pattern.test(value) ? value : undefined));
}

/** Entries between commas; undefined where one of them is not as wanted. */
export function list<T>(accepted: string, parse: (entry: string) => T | undefined) {
  return setting(accepted, (value) => {
    const entries = value.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '').map(parse);
    return entries.includes(undefined) ? undefined : Object.freeze(entries as T[]);
  });
}
