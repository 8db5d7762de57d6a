import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { askOnce, openAssistant } from '../assistant.ts';
import type { AskOptions, Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import { loadLexicon } from '../corpus/lexicon.ts';
import { AssistantError } from '../errors.ts';
import { findNoticeFiles } from './load-notices.ts';
import type { Matter, Target } from './target.ts';
import { keepAnswer } from './target.ts';

export interface InProcessOptions {
  /** Its corpus answers the cases that name no notice. */
  readonly config: Config;
  /** Where the notices lie that cases name, beside the corpus folder; searched in this order. */
  readonly noticeDirs: readonly string[];
}

async function findNoticeFile(id: string, folders: readonly string[]): Promise<string> {
  const file = (await findNoticeFiles(folders)).get(id.normalize('NFC'));
  if (file !== undefined) return file;
  const message = `Cannot ask about the notice "${id}": there is no such file in ${folders.join(' or ')}. Correct the set, or add the notice.`;
  throw new AssistantError('bad-request', message);
}

/** A corpus of one notice in a folder of its own: what lies beside it must not help or mislead. */
async function isolateNotice(file: string, folder: string): Promise<string> {
  const corpusDir = join(folder, 'corpus');
  await mkdir(corpusDir, { recursive: true });
  await copyFile(file, join(corpusDir, basename(file)));
  return corpusDir;
}

interface TokenCount {
  readonly callbacks: NonNullable<AskOptions['callbacks']>;
  readonly tokens: { input: number; output: number; isKnown: boolean };
}

/** Counts what the chat model says that its runs took. */
function createTokenCount(): TokenCount {
  const tokens = { input: 0, output: 0, isKnown: false };
  const handleLLMEnd = (output: { readonly generations: readonly (readonly object[])[] }): void => {
    for (const generation of output.generations.flat()) {
      const { message } = generation as { readonly message?: { readonly usage_metadata?: { readonly input_tokens?: number; readonly output_tokens?: number } } };
      const usage = message?.usage_metadata;
      if (usage === undefined) continue;
      tokens.input += usage.input_tokens ?? 0;
      tokens.output += usage.output_tokens ?? 0;
      tokens.isKnown = true;
    }
  };
  return { callbacks: [{ handleLLMEnd }], tokens };
}

/** Asks the assistant in this process: cases that name a notice over a corpus of that notice alone, the others over the configured corpus. */
export async function openInProcessTarget({ config, noticeDirs }: InProcessOptions): Promise<Target> {
  const scratch = await mkdtemp(join(tmpdir(), 'wence-eval-'));
  const { lexicon } = await loadLexicon(config.lexiconFile);
  const assistants = new Map<string | undefined, Promise<Assistant>>();
  let mode = 'extractive';

  async function open(notice: string | undefined): Promise<Assistant> {
    const folder = join(scratch, String(assistants.size));
    const corpusDir = notice === undefined ? config.corpusDir : await isolateNotice(await findNoticeFile(notice, [config.corpusDir, ...noticeDirs]), folder);
    const assistant = await openAssistant({ ...config, corpusDir, dataDir: join(folder, 'data') });
    mode = assistant.chatModelId ?? mode;
    return assistant;
  }

  function assistantFor(notice: string | undefined): Promise<Assistant> {
    const known = assistants.get(notice);
    if (known !== undefined) return known;
    const opened = open(notice);
    assistants.set(notice, opened);
    return opened;
  }

  return {
    name: 'in process',
    get mode() {
      return mode;
    },
    isGenerative: config.chatModel !== undefined,
    async prepare(notice): Promise<Matter> {
      const { corpus, embedderId } = await assistantFor(notice);
      return { context: { notices: corpus.notices, names: lexicon.proper }, corpus: `${corpus.generation} ${embedderId}` };
    },
    async ask({ question, history, notice, signal }) {
      const assistant = await assistantFor(notice);
      const { callbacks, tokens } = createTokenCount();
      const answer = await askOnce(assistant, question, { history, explain: true, signal, ...(config.chatModel !== undefined && { callbacks }) });
      const { input, output, isKnown } = tokens;
      return { answer: keepAnswer(answer), answerId: answer.answerId, ...(isKnown && { tokens: { input, output } }) };
    },
    async close() {
      const opened = await Promise.allSettled(assistants.values());
      for (const each of opened) if (each.status === 'fulfilled') await each.value.close();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
