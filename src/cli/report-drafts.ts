import { existsSync } from 'node:fs';
import { loadConfig } from '../config.ts';
import { loadLexicon } from '../corpus/lexicon.ts';
import { appendCases, nextId } from '../eval/add-case.ts';
import { checkSet } from '../eval/check-set.ts';
import { toDraftCase, UNWRITTEN } from '../eval/draft-cases.ts';
import { loadNotices } from '../eval/load-notices.ts';
import { describeReason } from '../eval/report-words.ts';
import type { ReportWords } from '../eval/report-words.ts';
import { loadSet } from '../eval/set-files.ts';
import type { UnansweredGroup } from '../eval/unanswered.ts';
import { toPrintableLine } from '../render/printable.ts';
import { foldToLetters } from '../text/normalize.ts';
import { describeCount } from './count.ts';
import type { CommandContext } from './context.ts';
import { fromCwd } from './eval-options.ts';

/** Adds questions to a set as drafts, without those that it has, and tells what is to be done about each. */
export async function addDrafts(file: string, groups: readonly UnansweredGroup[], words: ReportWords, context: CommandContext): Promise<void> {
  const path = fromCwd(context, file);
  const known = existsSync(path) ? (await loadSet(path)).cases.map((entry) => entry.case) : [];
  const ids = known.map(({ id }) => id);
  const asked = new Set(known.flatMap((each) => ('question' in each ? [foldToLetters(each.question)] : [])));
  const fresh = groups.filter(({ question }) => !asked.has(foldToLetters(question)));
  const drafts = fresh.map((group) => {
    const draft = toDraftCase(group, (reason) => describeReason(words, reason));
    const id = nextId(draft.kind, ids);
    ids.push(id);
    return { id, ...draft };
  });
  if (drafts.length > 0) await appendCases(path, drafts);
  const { stdout } = context;
  const left = groups.length - fresh.length;
  stdout.write(`${describeCount(drafts.length, 'draft')} added to ${file}${left > 0 ? `, ${left} stood there already` : ''}\n`);
  if (drafts.length === 0) return;
  const unwritten = drafts.filter(({ gold }) => !gold.refuse).length;
  if (unwritten > 0) stdout.write(`${unwritten} without an answer: write it in the place of "${UNWRITTEN}" (gold.must), with the words of the notice that prove it (gold.quote)\n`);
  if (drafts.length > unwritten) stdout.write(`${drafts.length - unwritten} to be refused: where the notice does answer, take "refuse" away and write the answer\n`);
  const { corpusDir, lexiconFile } = loadConfig(context.env, { cwd: context.cwd });
  const { lexicon } = await loadLexicon(lexiconFile);
  const notices = await loadNotices([undefined], [corpusDir], corpusDir);
  const added = new Set(drafts.map(({ id }) => id));
  for (const { line, id, severity, message } of checkSet(await loadSet(path), (noticeId) => notices.get(noticeId), lexicon.proper)) {
    if (added.has(id)) stdout.write(`${file}:${line}: ${severity}: ${toPrintableLine(message)}\n`);
  }
  stdout.write(`wence eval check ${file} looks at them again\n`);
}
