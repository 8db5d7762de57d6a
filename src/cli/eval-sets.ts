import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { loadConfig } from '../config.ts';
import { toPrintableLine } from '../render/printable.ts';
import type { CommandContext } from './context.ts';
import { EVAL_UNMET, withEvalExit } from './eval-exit.ts';
import { evalDirOf, fromCwd, isHeldOut, nameSet, runsDirOf } from './eval-options.ts';
import { Exit, UsageError } from './exit-codes.ts';
import { gather } from './options.ts';

async function check(named: readonly string[], { show }: { readonly show?: true }, context: CommandContext): Promise<void> {
  const [{ loadSet }, { checkSet }, { loadEvalConfig }, { loadLexicon }] = await Promise.all([
    import('../eval/set-files.ts'), import('../eval/check-set.ts'), import('../eval/eval-config.ts'), import('../corpus/lexicon.ts'),
  ]);
  const evalDir = evalDirOf(context);
  const evalConfig = await loadEvalConfig(evalDir);
  const files = named.length > 0 ? named.map((file) => fromCwd(context, file)) : evalConfig.sets;
  if (files.length === 0) throw new UsageError('Name a question set, as in wence eval check eval/my-set.jsonl.');
  const config = { ...loadConfig(context.env, { cwd: context.cwd }), chatModel: undefined, embeddingModel: undefined };
  const { lexicon } = await loadLexicon(config.lexiconFile);
  const { loadNotices } = await import('../eval/load-notices.ts');
  const { stdout } = context;
  let errors = 0;
  for (const file of files) {
    const name = nameSet(file, evalDir, context.cwd);
    try {
      const set = await loadSet(file);
      const notices = await loadNotices(set.cases.map((each) => each.case.notice), [config.corpusDir, ...evalConfig.notices], config.corpusDir);
      const findings = checkSet(set, (id) => notices.get(id), lexicon.proper);
      const told = isHeldOut(name) && show !== true ? [] : findings;
      for (const { line, id, severity, message } of told) stdout.write(`${name}:${line}: ${severity}: ${toPrintableLine(id)}: ${toPrintableLine(message)}\n`);
      const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
      errors += count('error');
      stdout.write(`${name}: ${set.cases.length} cases, ${count('error')} errors, ${count('warning')} warnings\n`);
    } catch (error) {
      errors += 1;
      stdout.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
  stdout.write(errors === 0 ? 'ok\n' : `not ok: ${errors} errors\n`);
  if (errors > 0) throw new Exit(EVAL_UNMET);
}

/** `wence eval check` */
export function createEvalCheck(context: CommandContext): Command {
  return new Command('check')
    .summary('check question sets')
    .description('Checks question sets: fields, ids, quotes and sections against the notices, and whether the gold satisfies itself.')
    .argument('[SET...]', 'files of cases; those of eval/config.yaml where none is named')
    .option('--show', 'tell what is found in sets that are set aside (*.heldout.*), too')
    .addHelpText('after', '\nErrors are what makes a case useless; warnings are to be looked at.\n\nExit codes: 0 no errors, 100 errors, 1 wrong usage.')
    .action((named: string[], flags: { readonly show?: true }) => withEvalExit(context, () => check(named, flags, context)));
}

interface AddFlags {
  readonly id?: string;
  readonly kind?: string;
  readonly question?: string;
  readonly must?: readonly string[];
  readonly mustNot?: readonly string[];
  readonly quote?: readonly string[];
  readonly section?: readonly string[];
  readonly refuse?: true;
  readonly polarity?: string;
  readonly notice?: string;
  readonly tag?: readonly string[];
  readonly note?: string;
  readonly refusedBy?: string;
}

function toCase({ id, kind, question, must = [], mustNot = [], quote = [], section = [], refuse, polarity, notice, tag = [], note }: AddFlags, nextId: (kind: string) => string) {
  if (question === undefined) throw new UsageError('What is the question? Give it by --question, or take those that a run refused by --refused-by RUN.');
  const said = kind ?? (refuse ? 'refuse' : 'figure');
  const [first, ...further] = quote;
  return {
    id: id ?? nextId(said), kind: said, question,
    gold: {
      sections: section, must: must.map((group) => group.split('|').map((alternative) => alternative.trim())), must_not: mustNot, refuse: refuse === true,
      ...(first !== undefined && { quote: first }), quotes: further, ...(polarity !== undefined && { polarity }),
    },
    ...(notice !== undefined && { notice }), ...(tag.length > 0 && { tags: tag }), ...(note !== undefined && { note }),
  };
}

/** Questions that a run refused, as drafts: whoever keeps the set decides whether the refusal is right. */
async function readRefused(name: string, context: CommandContext): Promise<readonly AddFlags[]> {
  const { findRun, readRecords } = await import('../eval/run-folder.ts');
  const drafts = new Map<string, AddFlags>();
  for await (const { record } of readRecords(await findRun(runsDirOf(context), name, context.cwd))) {
    const { answer, question, perturbation } = record;
    if (answer?.status !== 'refused' || question === '' || perturbation !== undefined) continue;
    const nearest = answer.refusal?.nearest.map(({ label, citedText }) => `${label}: ${citedText}`).join(' / ') ?? '';
    drafts.set(question, { kind: 'refuse', question, refuse: true, tag: ['draft'], note: `refused: ${answer.refusal?.kind ?? ''}${nearest === '' ? '' : `; nearest: ${nearest}`}` });
  }
  return [...drafts.values()];
}

async function addCases(file: string, flags: AddFlags, context: CommandContext): Promise<void> {
  const [{ appendCases, nextId }, { loadSet }] = await Promise.all([import('../eval/add-case.ts'), import('../eval/set-files.ts')]);
  const path = fromCwd(context, file);
  const known = existsSync(path) ? (await loadSet(path)).cases.map((entry) => entry.case) : [];
  const ids = known.map(({ id }) => id);
  const add = (each: AddFlags): object => {
    const made = toCase(each, (kind) => nextId(kind, ids));
    ids.push(made.id);
    return made;
  };
  const asked = new Set(known.flatMap((entry) => ('question' in entry ? [entry.question] : [])));
  const wanted = flags.refusedBy === undefined ? [flags] : await readRefused(flags.refusedBy, context);
  const fresh = flags.refusedBy === undefined ? wanted : wanted.filter(({ question = '' }) => !asked.has(question));
  const [added, left] = [fresh.length, wanted.length - fresh.length];
  if (added > 0) await appendCases(path, fresh.map(add));
  const more = left > 0 ? `, ${left} stood there already` : '';
  context.stdout.write(`${added} ${added === 1 ? 'case' : 'cases'} added to ${file}${more}; wence eval check ${file} looks at them\n`);
}

/** `wence eval add` */
export function createEvalAdd(context: CommandContext): Command {
  return new Command('add')
    .summary('add a case to a set')
    .description('Adds a case to a set (.jsonl), or the questions that a run refused, as drafts.')
    .argument('<SET>', 'the file; it is made where it is not there')
    .option('--question <text>', 'the question')
    .option('--kind <kind>', 'figure, list, yesno … (default: figure, or refuse)')
    .option('--must <a|b>', 'alternatives of which one must stand in the answer; several times', gather)
    .option('--must-not <text>', 'what must not stand in it; several times', gather)
    .option('--quote <text>', 'verbatim words of the notice that answer; several times', gather)
    .option('--section <path>', 'where they stand, as 二/五/3; several times', gather)
    .option('--refuse', 'the notice does not say')
    .option('--polarity <word>', 'yes or no')
    .option('--notice <id>', 'the notice that is asked alone')
    .option('--tag <tag>', 'several times', gather)
    .option('--note <text>', 'for people')
    .option('--id <id>', 'default: the next of its kind')
    .option('--refused-by <run>', 'instead of a question: all that a run refused and that the set does not have')
    .addHelpText('after', `
Exit codes: 0 added, 1 wrong usage or a case that cannot be used, 2 could not be written.

Examples:
  $ wence eval add eval/my-set.jsonl --question "普惠园覆盖率?" --must "90%" --quote "普惠性幼儿园覆盖面达到90%"
  $ wence eval add eval/unanswered.jsonl --refused-by latest`)
    .action((file: string, flags: AddFlags) => withEvalExit(context, () => addCases(file, flags, context)));
}
