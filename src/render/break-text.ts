/** Where a long line is best broken: behind a sentence and the marks that prove it; else behind a clause. A gap of no width, which keeps a colon from being an address's, stays with it. */
const SENTENCE_END = /[。！？；!?;…][”’」』）)》"]*(?:\[\d+\])*|(?:\[\d+\])+/gu;
const CLAUSE_END = /(?:[，,、：:]|\s)\u200b?/gu;
/** So much further is looked, so that a sentence's marks are seen to their end. */
const LONGEST_MARKS = 60;

/** How much of a text is told before it is broken: at most `room` code units, behind a whole sentence where there is one, and never within a character or a mark. */
export function findBreak(text: string, room: number): number {
  if (text.length <= room) return text.length;
  const head = text.slice(0, room + LONGEST_MARKS);
  for (const pattern of [SENTENCE_END, CLAUSE_END]) {
    const best = [...head.matchAll(pattern)].map(({ 0: matched, index }) => index + matched.length).findLast((end) => end <= room) ?? 0;
    if (best > room / 2) return best;
  }
  const half = /\[\d{0,6}$/.exec(text.slice(0, room))?.index ?? 0;
  if (half > 0) return half;
  return /[\ud800-\udbff]$|:$/.test(text.slice(0, room)) ? room - 1 : room;
}
