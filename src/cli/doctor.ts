import { Command } from 'commander';
import pc from 'picocolors';
import type { Assistant, ModelCheck } from '../assistant.ts';
import { loadConfig, readSecrets, wantsColors } from '../config.ts';
import type { Config } from '../config.ts';
import { describeError } from '../errors.ts';
import { renderJson } from '../render/json.ts';
import { toPrintableLine } from '../render/printable.ts';
import { createSecretMask } from '../text/secrets.ts';
import { checkAccess, checkDataFolder, checkWords, checkPort, checkStore } from './checks.ts';
import type { Check } from './checks.ts';
import { describeCount } from './count.ts';
import { createConsoleLogger } from './console-logger.ts';
import type { CommandContext } from './context.ts';
import { EXIT_FAILED, Exit } from './exit-codes.ts';

interface DoctorFlags {
  readonly json?: true;
}

function checkSettings({ warnings, chatModel, embeddingModel, openaiBaseUrl, logLevel }: Config): Check {
  if (warnings.length > 0) return { name: 'settings', state: 'failed', message: warnings.join(' ') };
  const models = `chat model ${chatModel ?? 'none'}, embedding model ${embeddingModel ?? 'local'}`;
  return { name: 'settings', state: 'ok', message: `${models}, base URL ${openaiBaseUrl ?? 'default'}, log level ${logLevel}` };
}

function checkCorpus({ corpus }: Assistant, { corpusDir }: Config): Check {
  const name = 'corpus';
  const count = `${describeCount(corpus.notices.length, 'notice')}, ${describeCount(corpus.passages, 'passage')} in ${corpusDir}`;
  if (corpus.notices.length === 0) return { name, state: 'failed', message: `${count}. Put .txt or .md files there, or set CORPUS_DIR.` };
  const warnings = corpus.notices.flatMap((notice) => notice.warnings ?? []);
  if (corpus.problems.length === 0) return { name, state: 'ok', message: [count, ...warnings].join('; ') };
  const problems = corpus.problems.map(({ file, message }) => (message.includes(file) ? message : `${file}: ${message}`));
  return { name, state: 'failed', message: `${count}, but: ${problems.join(' ')}` };
}

function checkIndex({ corpus, embedderId }: Assistant): Check {
  const state = corpus.origin === 'snapshot' ? 'is up to date' : 'was built anew';
  const note = corpus.note === undefined ? '' : `: ${corpus.note}`;
  return { name: 'index', state: 'ok', message: `generation ${corpus.generation.slice(0, 12)} by ${embedderId} ${state}${note}` };
}

function checkModel(name: string, check: ModelCheck, well: string, unset: string): Check {
  if (check.state === 'failed') return { name, state: 'failed', message: check.message };
  return { name, state: 'ok', message: check.state === 'ok' ? well : unset };
}

async function checkAssistant(config: Config, context: CommandContext): Promise<Check[]> {
  let assistant: Assistant;
  try {
    assistant = await context.openAssistant(config, { logger: createConsoleLogger(context.stderr, { ...config, logLevel: 'error' }) });
  } catch (error) {
    return [{ name: 'index', state: 'failed', message: describeError(error) }];
  }
  try {
    const { chat, embedder } = await assistant.checkModels();
    return [
      checkCorpus(assistant, config),
      checkIndex(assistant),
      checkModel(
        'chat',
        chat,
        `${assistant.chatModelId ?? 'the model'} answers`,
        'not configured: extractive answers only (see CHAT_MODEL)',
      ),
      checkModel('embedder', embedder, `${assistant.embedderId} answers`, `${assistant.embedderId}, local`),
    ];
  } catch (error) {
    return [checkCorpus(assistant, config), checkIndex(assistant), { name: 'models', state: 'failed', message: describeError(error) }];
  } finally {
    await assistant.close();
  }
}

/** Each platform is asked whether it takes the credentials; one that is off is not loaded. */
async function checkBots({ bots: { slack, dingtalk } }: Config): Promise<Check[]> {
  const off = { state: 'ok', message: 'off' } as const;
  const [slackCheck, dingtalkCheck] = await Promise.all([
    slack === undefined ? off : import('../bots/check-slack.ts').then(({ checkSlack }) => checkSlack(slack)),
    dingtalk === undefined ? off : import('../bots/check-dingtalk.ts').then(({ checkDingtalk }) => checkDingtalk(dingtalk)),
  ]);
  return [{ name: 'slack', ...slackCheck }, { name: 'dingtalk', ...dingtalkCheck }];
}

function renderChecks(checks: readonly Check[], colors: boolean): string {
  const color = pc.createColors(colors);
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.map(({ name, state, message }) => {
    const mark = state === 'ok' ? color.green('ok    ') : color.red('FAILED');
    return `${mark}  ${name.padEnd(width)}  ${toPrintableLine(message)}`;
  });
  return `${lines.join('\n')}\n`;
}

async function examine(context: CommandContext): Promise<Check[]> {
  let config: Config;
  try {
    config = loadConfig(context.env, { cwd: context.cwd });
  } catch (error) {
    return [{ name: 'settings', state: 'failed', message: describeError(error) }];
  }
  const local = await Promise.all([
    checkWords('lexicon', config.lexiconFile, 'LEXICON_FILE'), checkWords('thesaurus', config.thesaurusFile, 'THESAURUS_FILE'),
    checkDataFolder(config.dataDir), checkStore(config.dataDir, config.retentionDays), checkPort(config.host, config.port),
  ]);
  const [bots, assistant] = await Promise.all([checkBots(config), checkAssistant(config, context)]);
  return [checkSettings(config), checkAccess(config), ...local, ...assistant, ...bots];
}

async function doctor(flags: DoctorFlags, context: CommandContext): Promise<void> {
  const mask = createSecretMask(readSecrets(context.env, { cwd: context.cwd }));
  const checks = (await examine(context)).map((check) => ({ ...check, message: mask(check.message) }));
  context.stdout.write(flags.json ? renderJson(checks) : renderChecks(checks, wantsColors(context.stdout, context.env)));
  if (checks.some(({ state }) => state === 'failed')) throw new Exit(EXIT_FAILED);
}

/** `wence doctor`: settings, folders, store, index, models and chat platforms, each ok or with what to do. */
export function createDoctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .summary('check settings, corpus, index, store, models, chat platforms, folders and port')
    .description('Checks settings, corpus, index, store, models, chat platforms, folders and port.')
    .option('--json', 'print the checks as JSON')
    .addHelpText(
      'after',
      `
Each line is ok or says what to do. A configured model is asked for one word, a configured chat platform
whether it takes the credentials; an index that is missing is built.

Exit codes: 0 all is well, 1 something is to be done, 2 wrong usage.

Examples:
  $ wence doctor
  $ wence doctor --json | jq '.[] | select(.state == "failed")'`,
    )
    .action((flags: DoctorFlags) => doctor(flags, context));
}
