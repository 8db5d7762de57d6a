import { findBreak } from './break-text.ts';
import { guardStart } from './dingtalk-escape.ts';

/** Escaped text in one form; `link` is never broken. */
export interface DingtalkPiece {
  readonly form: 'text' | 'bold' | 'link';
  readonly text: string;
  /** Of a link. */
  readonly address?: string;
}

/** How a line stands to the one before: in a paragraph of its own, below it, or below it in a list. */
export type DingtalkJoint = 'paragraph' | 'break' | 'item';

export interface DingtalkLine {
  readonly joint: DingtalkJoint;
  readonly pieces: readonly DingtalkPiece[];
}

/** Where text is shown: a Markdown message, a card, or a message without Markdown. */
export type DingtalkSurface = 'message' | 'card' | 'plain';

/** In messages two blanks make a break; in cards a line break alone is nothing. */
const JOINTS: Readonly<Record<DingtalkSurface, Readonly<Record<DingtalkJoint, string>>>> = {
  message: { paragraph: '\n\n', break: '  \n', item: '\n' },
  card: { paragraph: '\n\n', break: '<br>', item: '\n' },
  plain: { paragraph: '\n\n', break: '\n', item: '\n' },
};

/** Beyond it, a link is told without its address. */
const LONGEST_LINK = 1_200;

function renderPiece({ form, text, address = '' }: DingtalkPiece, surface: DingtalkSurface): string {
  if (text.trim() === '') return text;
  if (form === 'bold') return surface === 'plain' ? text : `**${text.trim()}**`;
  if (form === 'text' || text.length + address.length > LONGEST_LINK) return text;
  return surface === 'plain' ? `${text} ${address} ` : `[${text}](${address})`;
}

/** A line that is longer than a whole part, as texts that each fit. */
function breakLine(pieces: readonly DingtalkPiece[], surface: DingtalkSurface, longest: number): string[] {
  const texts: string[] = [];
  let current = '';
  for (const piece of pieces) {
    const whole = renderPiece(piece, surface);
    if (current.length + whole.length <= longest) {
      current += whole;
      continue;
    }
    if (current.trim() !== '' && (piece.form !== 'text' || current.length > longest / 2)) {
      texts.push(current);
      current = '';
    }
    // Room for the marks of bold text, and for what guards a start.
    for (let rest = piece.form === 'link' && whole.length <= longest ? '' : piece.text; rest !== '';) {
      const end = findBreak(rest, longest - current.length - 8);
      const told = renderPiece({ form: piece.form === 'bold' ? 'bold' : 'text', text: rest.slice(0, end) }, surface);
      rest = guardStart(rest.slice(end));
      if (rest === '') {
        current += told;
      } else {
        texts.push(current + told);
        current = '';
      }
    }
    if (piece.form === 'link' && whole.length <= longest) current += whole;
  }
  return [...texts, current].filter((text) => text.trim() !== '');
}

/**
 * Lines as texts of at most `longest` characters, as few as can be; a line is broken only where it is longer than that. None where nothing is said.
 *
 * @param continued Said at the start of every further text
 */
export function layOut(lines: readonly DingtalkLine[], surface: DingtalkSurface, longest = Infinity, continued = ''): string[] {
  const joints = JOINTS[surface];
  const opening = continued === '' ? '' : continued + joints.paragraph;
  const parts: string[] = [];
  let current = '';
  for (const { joint, pieces } of lines) {
    const text = pieces.map((piece) => renderPiece(piece, surface)).join('');
    if (text.trim() === '') continue;
    const room = longest - opening.length;
    const pieceTexts = text.length <= room ? [text] : breakLine(pieces, surface, room);
    for (const [index, each] of pieceTexts.entries()) {
      const longer = current === '' ? each : `${current}${index === 0 ? joints[joint] : joints.paragraph}${each}`;
      if (longer.length <= room) {
        current = longer;
      } else {
        parts.push(current);
        current = each;
      }
    }
  }
  if (current !== '') parts.push(current);
  return parts.map((part, index) => (index === 0 ? part : opening + part));
}
