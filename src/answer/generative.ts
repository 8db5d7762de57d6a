import type { ChatModel } from '../models/chat-model.ts';
import type { CitedSpan } from '../retrieval/evidence/evidence.ts';
import type { QuestionKind } from '../retrieval/question/question-kind.ts';
import { parseFigures } from '../text/figures.ts';
import { foldToLetters } from '../text/normalize.ts';
import { createSentenceCutter, resolveNumbers, type StreamedSentence } from './citations.ts';
import { createLeakCheck } from './check-surface.ts';
import { isPeriod } from './clauses.ts';
import { createClaimMender, type MendedClaim } from './mend-claim.ts';
import { NoAnswerError } from './no-answer-error.ts';
import { numberEvidence } from './number-evidence.ts';
import { createTopicCheck } from './on-topic.ts';
import { NOT_WRITTEN, renderAnswerPrompt, type Prompts } from './prompt.ts';
import type { Answerer, AnswerRequest, DraftClaim } from './draft.ts';
import type { Problem } from './problems.ts';
import type { VerifyContext } from './verify.ts';

export interface GenerativeAnswererOptions extends Pick<VerifyContext, 'names' | 'settingOf'> {
  readonly chatModel: ChatModel;
  readonly prompts: Prompts;
  /** Tokens that the numbered sentences may take; history takes a quarter of it at most, beside them. */
  readonly tokenBudget: number;
  /** Every sentence that may be cited, in the order of the notices: they all go in where the budget allows. Default none. */
  readonly allSentences?: () => readonly CitedSpan[];
  /** Told of each sentence of the model that was dropped or replaced, and why. */
  readonly onDropped?: (text: string, problems: readonly Problem[]) => void;
}

/** Words of agreement or denial prove nothing, and a wrong one would pass with a right sentence: they are left away. */
const PREFACE = /^(?:是的|对的?|没错|正确|不是的?|不对|并非如此|并不是|否|不|有的?|没有)[,，。:：!！]\s*/;
const NOT_WRITTEN_LETTERS = foldToLetters(NOT_WRITTEN);

/**
 * Answers through a chat model. Each sentence is verified when it is whole, before it is handed on; one that fails gives way to the
 * sentence
 * that it cites, where that is to the point, or is dropped. Throws `ModelError` where the model fails, after what was verified until then;
 * `NoAnswerError` where it replied in full and nothing could be handed on; the signal's reason where that aborts.
 */
export function createGenerativeAnswerer(options: GenerativeAnswererOptions): Answerer {
  const { chatModel, prompts, tokenBudget, allSentences, onDropped, names, settingOf } = options;
  const context: VerifyContext = {
    checkLeak: createLeakCheck(prompts.rules),
    ...(names === undefined ? {} : { names }),
    ...(settingOf === undefined ? {} : { settingOf }),
  };

  async function* answer({ evidence, history, signal, callbacks }: AnswerRequest): AsyncGenerator<DraftClaim, void, undefined> {
    signal?.throwIfAborted();
    const { question, sentences } = evidence;
    const numbered = numberEvidence(sentences, allSentences?.() ?? [], tokenBudget);
    const allowed = new Map(numbered.map(({ number, span }) => [number, span]));
    const mendClaim = createClaimMender(question.text, [...allowed.values()], context);
    const isOnTopic = createTopicCheck(evidence);
    const mend = ({ text, numbers }: Pick<StreamedSentence, 'text' | 'numbers'>): MendedClaim => {
      const mended = mendClaim(text.replace(PREFACE, ''), resolveNumbers(numbers, allowed));
      if (mended.claim === undefined || isOnTopic(mended.claim.text, mended.claim.cites)) return mended;
      return { problems: [...mended.problems, { kind: 'off-topic', found: '' }] };
    };
    const messages = await renderAnswerPrompt(prompts, { question: question.text, history, evidence: numbered, tokenBudget });
    const cutter = createSentenceCutter();
    const said = new Set<string>();
    let isDeclined = false;

    const tell = ({ claim, problems }: MendedClaim, sentence: StreamedSentence): DraftClaim[] => {
      if (problems.length > 0) onDropped?.(sentence.text, problems);
      if (claim === undefined || said.has(foldToLetters(claim.text))) return [];
      said.add(foldToLetters(claim.text));
      return [toDraft(claim, sentence, question.kind, said.size === 1)];
    };
    const check = (sentence: StreamedSentence): DraftClaim[] => {
      if (foldToLetters(sentence.text).includes(NOT_WRITTEN_LETTERS)) {
        isDeclined = true;
        return [];
      }
      return tell(mend(sentence), sentence);
    };

    for await (const piece of chatModel.stream(messages, { ...(signal && { signal }), ...(callbacks && { callbacks }) })) {
      signal?.throwIfAborted();
      for (const sentence of cutter.push(piece)) yield* check(sentence);
      // Proven by the marks that came so far, a sentence need not wait for more.
      const { pending } = cutter;
      const mended = pending === undefined ? undefined : mend(pending);
      if (pending === undefined || mended === undefined || mended.problems.length > 0) continue;
      cutter.takePending();
      yield* tell(mended, pending);
    }
    for (const sentence of cutter.end()) yield* check(sentence);
    signal?.throwIfAborted();
    if (said.size === 0) throw new NoAnswerError(isDeclined ? 'not-written' : 'model-unverified');
  }

  return { answer };
}

function toDraft(claim: NonNullable<MendedClaim['claim']>, { opensLine }: StreamedSentence, kind: QuestionKind, isFirst: boolean): DraftClaim {
  const { text, cites } = claim;
  const lead = isFirst && kind === 'figure' ? findLead(text) : undefined;
  return { text, cites, separator: opensLine && !isFirst ? '\n' : '', ...(lead === undefined ? {} : { lead }) };
}

/** The one figure that a claim tells; undefined where there are several. */
function findLead(text: string): string | undefined {
  const figures = parseFigures(text).filter((figure) => figure.kind !== 'name' && figure.kind !== 'ordinal' && !isPeriod(figure));
  return figures.length === 1 ? figures[0]?.text : undefined;
}
