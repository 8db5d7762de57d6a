import type { MarkerKind, Span } from './notice.ts';
import type { Row } from './tables.ts';

/** Text without a marker: a paragraph, a row of a table, or a part of the closing. */
export interface Paragraph extends Span {
  readonly row?: Row;
  /** Lines that are sentences each: of a signature, a list of enclosures. */
  readonly lines?: readonly Span[];
  /** What people call it, where it isn't just a paragraph: 落款, 附件, the name of a record. */
  readonly name?: string;
  /** An entry written as labelled lines, each of which speaks of what the first one names. */
  readonly isRecord?: boolean;
}

/** A section of the outline as the lines give it, before headings and passages are told apart. */
export interface OutlineNode {
  readonly kind: MarkerKind;
  readonly number: number | undefined;
  readonly markerText: string;
  /** From the marker to the end of its line, or of the last line that only goes on with it. */
  readonly line: Span;
  /** What follows the marker; undefined where nothing does. */
  readonly inline: Span | undefined;
  /** Unmarked paragraphs below, above any child. */
  readonly paragraphs: readonly Paragraph[];
  readonly children: readonly Branch[];
}

/** What a section is divided into; paragraphs among the children belong to the section, not to the entry above them. */
export type Branch = OutlineNode | Paragraph;

/** Whether a branch is a section, not a paragraph. */
export function isNode(branch: Branch): branch is OutlineNode {
  return 'kind' in branch;
}
