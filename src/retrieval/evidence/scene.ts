import type { HeadingReference, Notice, Passage, Sentence } from '../../corpus/notice.ts';
import { violatedBy } from '../../corpus/cross-references.ts';
import { MAY_BE_ROW } from '../../corpus/tables.ts';
import { parseFigures } from '../../text/figures.ts';
import type { Figure } from '../../text/figures.ts';
import { foldForMatching } from '../../text/normalize.ts';
import type { CitedSpan } from './evidence.ts';
import { measureCell, readCaptionUnit } from './tables.ts';

/** A clause with its text folded once. */
export interface SceneClause {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly folded: string;
  /** In which bare numbers are told, where the table's caption says so (单位：亩). */
  readonly unit?: string;
}

export interface SceneSentence {
  readonly sentence: Sentence;
  readonly folded: string;
  readonly clauses: readonly SceneClause[];
  /** Whom a citation of it names: the passage, or the section whose heading it is. */
  readonly source: Omit<CitedSpan, 'start' | 'end' | 'text'>;
}

/** A passage with all that surrounds it, folded for matching. Headings of sections above are scenes of their own, of one sentence. */
export interface Scene {
  readonly passage: Passage;
  /** Own heading, folded; empty where there is none. */
  readonly heading: string;
  /** Headings above, outermost first, and what the passage punishes elsewhere, folded and joined. */
  readonly ancestors: string;
  /** Title, source and date of the notice, folded. */
  readonly frame: string;
  /** Names of the columns of the table that the passage is a row of, folded; empty where it is none. */
  readonly columns: string;
  /** Year of the notice, for 去年 and 明年; undefined where it bears no date. */
  readonly year: number | undefined;
  readonly folded: string;
  readonly sentences: readonly SceneSentence[];
}

const scenes = new WeakMap<Passage, Scene>();
const headingScenes = new WeakMap<HeadingReference, Scene>();
const headingScenesOf = new WeakMap<Passage, readonly Scene[]>();

function foldSentence(sentence: Sentence, source: SceneSentence['source'], unit?: string): SceneSentence {
  const clauses = sentence.clauses.map(({ start, end, text }) => ({ start, end, text, folded: foldForMatching(text), ...(unit !== undefined && { unit }) }));
  return { sentence, folded: foldForMatching(sentence.text), clauses, source };
}

const figures = new WeakMap<SceneClause, readonly Figure[]>();

/** The figures of a clause; read at the first question that looks for any, and kept as long as the clause. */
export function figuresOf(clause: SceneClause): readonly Figure[] {
  const known = figures.get(clause);
  if (known !== undefined) return known;
  const { text, unit } = clause;
  const found = unit === undefined ? parseFigures(text) : parseFigures(text).map((figure) => measureCell(figure, unit));
  figures.set(clause, found);
  return found;
}

/** The text between a heading and the entries below it (「按照下列标准发放补贴」) is counted as their entry 0, and speaks for each. */
const INTRODUCTION = /^(?<above>.*)\.0(?:\.\d+)?$/u;

/** The id of the section whose entries the passage introduces; undefined where it introduces none. */
export const introducedBy = (passageId: string): string | undefined => INTRODUCTION.exec(passageId)?.groups?.['above'];

/** A heading or sentence that is nothing without the entries below it, as they are nothing without it. */
export const ANNOUNCES = /下列|以下|如下|之一的?[:：]?$|[:：]\s*$/u;

/** 「总馆周二至周日开放。…各区时间见下表。」: all of it speaks for the rows. */
const LEADS_TO_TABLE = /[见如按]下表|下表(?:所示|执行)/u;

const introductions = new WeakMap<Notice, ReadonlyMap<string, string>>();

/** By the id of the section whose entries they introduce. */
function introductionsOf(notice: Notice): ReadonlyMap<string, string> {
  const known = introductions.get(notice);
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  for (const [index, { id, sentences }] of notice.passages.entries()) {
    const text = sentences.at(-1)?.text ?? '';
    const leadsToTable = LEADS_TO_TABLE.test(text) && MAY_BE_ROW.test(notice.passages[index + 1]?.text ?? '');
    const above = introducedBy(id) ?? (leadsToTable ? id.slice(0, Math.max(0, id.lastIndexOf('.'))) : undefined);
    if (above === undefined || !(leadsToTable || ANNOUNCES.test(text))) continue;
    found.set(above, leadsToTable ? sentences.map((sentence) => sentence.text).join('') : text);
  }
  introductions.set(notice, found);
  return found;
}

const frameOf = (notice: Notice): string => foldForMatching([notice.title, notice.source ?? '', notice.date ?? ''].join(' '));

function yearOf(notice: Notice): number | undefined {
  const year = /(?:19|20)\d{2}/u.exec(notice.title)?.[0] ?? notice.date?.slice(0, 4);
  return year === undefined ? undefined : Number(year);
}

/** The scene of a passage; made once and kept as long as the passage. */
export function openScene(passage: Passage, notice: Notice): Scene {
  const known = scenes.get(passage);
  if (known !== undefined) return known;
  const { noticeId, id: passageId, section, label } = passage;
  const own = passage.ancestors.at(-1)?.sectionId === passageId ? passage.ancestors.at(-1) : undefined;
  const above = passage.headings.slice(0, passage.headings.length - (own === undefined ? 0 : 1));
  const unit = MAY_BE_ROW.test(passage.headings.at(-1) ?? '') ? readCaptionUnit(passage.headings) || undefined : undefined;
  const scene: Scene = {
    passage,
    heading: own === undefined ? '' : foldForMatching(own.sentence.text),
    ancestors: foldForMatching([...above, introductionsOf(notice).get(passageId.slice(0, Math.max(0, passageId.lastIndexOf('.')))) ?? '', violatedBy(notice).get(passageId) ?? ''].join(' ')),
    frame: frameOf(notice),
    year: yearOf(notice),
    columns: MAY_BE_ROW.test(passage.headings.at(-1) ?? '') ? foldForMatching(passage.headings.at(-1) ?? '') : '',
    folded: foldForMatching(passage.text),
    sentences: passage.sentences.map((sentence) => foldSentence(sentence, { noticeId, passageId, section, label }, unit)),
  };
  scenes.set(passage, scene);
  return scene;
}

/** The headings above a passage that it doesn't own, each as a scene of one sentence that can be cited for itself. */
export function openHeadingScenes(passage: Passage, notice: Notice): readonly Scene[] {
  const known = headingScenesOf.get(passage);
  if (known !== undefined) return known;
  const opened = passage.ancestors.filter(({ sectionId }) => sectionId !== passage.id).map((reference, depth) => openHeadingScene(reference, depth, passage, notice));
  headingScenesOf.set(passage, opened);
  return opened;
}

function openHeadingScene(reference: HeadingReference, depth: number, passage: Passage, notice: Notice): Scene {
  const known = headingScenes.get(reference);
  if (known !== undefined) return known;
  const { sectionId, section, label, sentence } = reference;
  const scene: Scene = {
    passage, heading: '',
    ancestors: foldForMatching(passage.ancestors.slice(0, depth).map((above) => above.sentence.text).join(' ')),
    frame: frameOf(notice),
    year: yearOf(notice),
    columns: '',
    folded: foldForMatching(sentence.text),
    sentences: [foldSentence(sentence, { noticeId: notice.id, passageId: sectionId, section, label })],
  };
  headingScenes.set(reference, scene);
  return scene;
}
