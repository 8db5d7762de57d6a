const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-26`, as this machine's clock has it (TZ). */
export function toDay(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `2026-11-26 09:05` */
export function toMinute(time: number): string {
  const date = new Date(time);
  return `${toDay(time)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Every day from one time to another, both included; a day may have 23 or 25 hours. */
export function listDays(from: number, to: number): string[] {
  const days: string[] = [];
  const last = toDay(to);
  const date = new Date(from);
  date.setHours(12, 0, 0, 0);
  for (; toDay(date.getTime()) <= last; date.setDate(date.getDate() + 1)) days.push(toDay(date.getTime()));
  return days;
}
