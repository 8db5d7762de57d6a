import type { Assistant } from '../assistant.ts';
import type { Notice } from '../corpus/notice.ts';
import { toPrintableLine } from '../render/printable.ts';
import { HttpError } from './http-error.ts';

/** The notice of the generation that answers now; throws 404 with the id where there is none. */
export function findNotice(assistant: Assistant, id: string): Notice {
  const notice = assistant.corpus.notices.find((candidate) => candidate.id === id);
  if (notice !== undefined) return notice;
  throw new HttpError(404, 'not-found', `There is no notice "${toPrintableLine(id)}". GET /api/notices lists those there are.`);
}

/** An id that is not there is a 404 with its name: silently asking fewer notices would pass for an answer about all of them. */
export function checkNoticeIds(assistant: Assistant, noticeIds: readonly string[] | undefined): void {
  if (noticeIds === undefined) return;
  const known = new Set(assistant.corpus.notices.map(({ id }) => id));
  for (const id of noticeIds) if (!known.has(id)) findNotice(assistant, id);
}
