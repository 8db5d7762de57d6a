import type { TextSpan } from '../text/span.ts';

/** A stretch of `notice.text`: UTF-16 offsets, end exclusive, so that `notice.text.slice(start, end)` is the text itself. */
export type Span = TextSpan;

/** The sort of marker that opens a section; `text` is an unnumbered heading, a paragraph or an enclosure, counted by position. */
export type MarkerKind =
  | 'markdown'
  | 'chapter'
  | 'section'
  | 'article'
  | 'part'
  | 'bracketed'
  | 'item'
  | 'task'
  | 'label'
  | 'number'
  | 'bracketed-number'
  | 'circled'
  | 'bullet'
  | 'text';

/** One branch of a notice's outline. */
export interface Section extends Span {
  /** Numbers by marker from the outermost section, joined by dots: `2.5.4`; stable as long as the notice's own numbering is. */
  readonly path: string;
  /** `noticeId/path`, the id of the passage where the section is a leaf. */
  readonly id: string;
  readonly marker: MarkerKind;
  /** What stands on the page in front of the heading: `五是`, `4.`, `附件1`; empty for unnumbered sections. */
  readonly markerText: string;
  /** The heading without its marker and closing mark; empty where an entry has none. */
  readonly heading: string;
  /** Where marker and heading stand, so that a heading can be cited. */
  readonly headingSpan: Span;
  readonly children: readonly Section[];
}

/** Where the notice names itself, on its page or in its signature; what isn't written is left out. */
export interface Masthead {
  readonly title?: Span;
  readonly source?: Span;
  /** Of publication or signature. */
  readonly date?: Span;
  /** 文号: 台教办〔2020〕3号. */
  readonly number?: Span;
}

/** A file of the corpus, decoded and understood. */
export interface Notice {
  /** From the file name: letters of any script, digits, `._-`, at most 128. */
  readonly id: string;
  /** File name inside the corpus folder. */
  readonly file: string;
  readonly title: string;
  /** Who published it (信息来源, 发文机关), where the file says so. */
  readonly source?: string;
  /** When it was published, as written: `2020-04-03 16:30`. */
  readonly publishedAt?: string;
  /** ISO date of the notice (`2020-04-03`), where one is written. */
  readonly date?: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';
  /** SHA-256 of the file's bytes, hex. */
  readonly hash: string;
  /** The whole decoded file, page furniture included; every offset counts into it. */
  readonly text: string;
  readonly masthead: Masthead;
  readonly sections: readonly Section[];
  readonly passages: readonly Passage[];
  /** Hidden text that stands in the file, by line, for whoever keeps it; left out where there is none. */
  readonly warnings?: readonly string[];
}

/** A clause: what stands between commas, semicolons and colons of a sentence. */
export interface Clause extends Span {
  readonly text: string;
}

export interface Sentence extends Span {
  readonly text: string;
  readonly clauses: readonly Clause[];
  /** True for the run-in heading of an item, or a heading line. */
  readonly isHeading: boolean;
}

/** A leaf of the outline (item, entry or paragraph): the unit of retrieval. */
export interface Passage extends Span {
  /** `2020-taizhou-education/2.5.4` */
  readonly id: string;
  readonly noticeId: string;
  /** `2.5.4` */
  readonly section: string;
  /** 「二、聚焦改革治理,实施教育惠民服务工程 › 五是办好十件教育实事 › 4」, for people. */
  readonly label: string;
  /** Headings from the outermost section down to the passage's own, without markers; never empty strings. */
  readonly headings: readonly string[];
  readonly text: string;
  readonly sentences: readonly Sentence[];
  /** Nested sections above, and the passage's own heading, as sentences that can be cited for it; outermost first. */
  readonly ancestors: readonly HeadingReference[];
}

/** The heading of a section that holds passages: citable as itself. */
export interface HeadingReference {
  readonly sectionId: string;
  readonly section: string;
  readonly label: string;
  readonly sentence: Sentence;
}
