/** What sort of thing the question asks for. */
export type QuestionKind = 'figure' | 'count' | 'list' | 'where' | 'name' | 'when' | 'who' | 'yes-no' | 'measure' | 'topic' | 'chat' | 'steering';

/** The question as understood. */
export interface Question {
  /** As it stands after follow-ups were resolved: the standalone question. */
  readonly text: string;
  readonly kind: QuestionKind;
}
