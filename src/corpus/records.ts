import type { Line } from './lines.ts';
import type { Span } from './notice.ts';
import type { Row } from './tables.ts';

/** An entry written as labelled lines: 项目：…, 地点：…, 时限：…. */
export interface LabelledRecord {
  readonly lines: readonly Line[];
  /** What stands behind the first label: what the entry is called. */
  readonly name: string;
}

const LABEL = /^(?<label>\p{Script=Han}{2,6})[:：](?<value>.+)$/u;
/** Labels of letters, of questions and answers, and of whom to ask: those lines are no entry. */
const NO_LABELS = /^(?:问|答|附件|抄送|主送|发文|来源|时间|作者|联系|电话|地址|邮箱|传真|注|备注|说明)/u;
const FEWEST_LINES = 3;
const LONGEST_NAME = 40;

const labelOf = ({ text }: Line): string | undefined => LABEL.exec(text)?.groups?.['label'];

/** The records of a notice, by their first lines: at least three labelled lines one below the other, of which each label stands once. */
export function findRecords(lines: readonly Line[], rows: ReadonlyMap<Line, Row>): ReadonlyMap<Line, LabelledRecord> {
  const records = new Map<Line, LabelledRecord>();
  let run: Line[] = [];
  const close = (): void => {
    const [first] = run;
    const name = first === undefined ? '' : (LABEL.exec(first.text)?.groups?.['value'] ?? '').replace(/[;；。]$/u, '').trim();
    if (first !== undefined && run.length >= FEWEST_LINES && name.length <= LONGEST_NAME && !NO_LABELS.test(first.text)) records.set(first, { lines: run, name });
    run = [];
  };
  for (const line of lines) {
    const label = line.marker === undefined && !rows.has(line) ? labelOf(line) : undefined;
    if (label === undefined || line.followsGap || run.some((other) => labelOf(other) === label)) close();
    if (label !== undefined) run.push(line);
  }
  close();
  return records;
}

export const spansOf = ({ lines }: LabelledRecord): readonly Span[] => lines.map(({ start, end }) => ({ start, end }));
