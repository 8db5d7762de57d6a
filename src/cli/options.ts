import { InvalidArgumentError } from 'commander';

/** Gathers an option that may be given several times. */
export const gather = (value: string, values: readonly string[] = []): readonly string[] => [...values, value];

/** `a,b` and repetition alike. */
export const gatherList = (value: string, values: readonly string[] = []): readonly string[] => [...values, ...value.split(/[,，]/u).map((part) => part.trim()).filter((part) => part !== '')];

/** Reads a whole number for commander. */
export function wholeNumber(least: number, most = 1_000_000) {
  return (text: string): number => {
    const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Accepted is a whole number from ${least} to ${most}.`);
  };
}
