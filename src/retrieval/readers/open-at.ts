import type { Opening } from './opening-hours.ts';

const DAY_MINUTES = 1440;

/** What holds on a day: the opening that names it among the fewest days; where several days are told, the others are left out. */
export function openingOn(openings: readonly Opening[], day: number): Opening | 'left-out' | undefined {
  const told = openings.filter(({ days }) => days.has(day)).toSorted((left, right) => left.days.size - right.days.size);
  if (told[0] !== undefined) return told[0];
  const named = openings.filter(({ isOpen, days }) => isOpen === true && days.size > 0);
  const count = new Set(named.flatMap(({ days }) => [...days])).size;
  return named.some(({ isOnly }) => isOnly) || (count > 2 && openings.every(({ days, isOpen }) => days.size > 0 || isOpen === undefined)) ? 'left-out' : undefined;
}

const NOON_OPEN = /(?:中午|午间)(?:[^,，。;；]{0,4})(?:不(?:休息|休|间断|关|打烊|闭馆|停)|无休|照常|连续)/u;
const NOON_CLOSED = /(?:中午|午间)(?:[^,，。;；不无]{0,4})(?:休息|闭馆|关闭|清场|暂停|停止)|午休/u;
/** A break that begins and ends about noon. */
const BREAK = { from: 750, to: 780 } as const;

/** Whether something is open at noon; undefined where neither a break nor the lack of one is told. */
export function isOpenAtNoon(openings: readonly Opening[], text: string): boolean | undefined {
  if (NOON_OPEN.test(text)) return true;
  if (NOON_CLOSED.test(text)) return false;
  const open = openings.filter(({ isOpen }) => isOpen === true);
  const hasBreak = ({ spans }: Opening): boolean => spans.some(({ first, to }, index) => first !== undefined && to <= BREAK.from && (spans[index + 1]?.from ?? DAY_MINUTES) >= BREAK.to);
  return open.length > 0 && open.every(hasBreak) ? false : undefined;
}
