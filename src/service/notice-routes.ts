import { skipClosing } from '../corpus/headings.ts';
import type { Notice, Section } from '../corpus/notice.ts';
import { packageVersion } from '../package-root.ts';
import type { Lifecycle } from './lifecycle.ts';
import { findNotice } from './notice-ids.ts';
import { noticeResponseSchema, noticesResponseSchema } from './response-schemas.ts';
import { documentResponses } from './route.ts';
import type { App } from './route.ts';
import { noticeParametersSchema } from './schemas.ts';

function toMetadata({ id, title, source, publishedAt, date, hash, text }: Notice) {
  return {
    id,
    title,
    ...(source !== undefined && { source }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(date !== undefined && { date }),
    hash,
    characters: text.length,
  };
}

interface OutlineSection extends Pick<Section, 'id' | 'marker' | 'markerText' | 'heading' | 'start' | 'end'> {
  readonly section: string;
  readonly headingEnd: number;
  readonly children: readonly OutlineSection[];
}

/** A section of a notice of this text, and those below it, as the notice's answer tells them. */
export function toOutline(text: string, { path, id, marker, markerText, heading, headingSpan, start, end, children }: Section): OutlineSection {
  const headingEnd = heading === '' ? start : skipClosing(text, headingSpan.end);
  const fields = { section: path, id, marker, markerText, heading, headingEnd, start, end };
  return { ...fields, children: children.map((child) => toOutline(text, child)) };
}

function toDetails(notice: Notice) {
  const { encoding, sections, passages, text } = notice;
  return {
    ...toMetadata(notice),
    encoding,
    outline: sections.map((section) => toOutline(text, section)),
    passages: passages.map(
      ({ id, section, label, start, end, text: passageText }) => ({ passageId: id, section, label, start, end, text: passageText }),
    ),
    text,
  };
}

/** Another version of the parser may read another outline from the same bytes. */
function toEntityTag(notice: Notice): string {
  return `"${notice.hash}-${packageVersion}"`;
}

function matches(header: string | undefined, tag: string): boolean {
  return header !== undefined && header.split(',').some((part) => part.trim().replace(/^W\//, '') === tag || part.trim() === '*');
}

/** GET /api/notices and GET /api/notices/:id. */
export function addNoticeRoutes(app: App, lifecycle: Lifecycle): void {
  app.get(
    '/api/notices',
    { schema: { summary: 'List the notices', tags: ['notices'], response: documentResponses(noticesResponseSchema, 503) } },
    async () => {
      const { generation, notices } = lifecycle.assistant.corpus;
      return { generation, notices: notices.map((notice) => ({ ...toMetadata(notice), passages: notice.passages.length })) };
    },
  );

  app.get(
    '/api/notices/:id',
    {
      schema: {
        summary: 'One notice: metadata, outline, passages, text',
        description: 'Offsets are UTF-16 units into `text`. Answers `If-None-Match` with 304.',
        tags: ['notices'],
        params: noticeParametersSchema,
        response: documentResponses(noticeResponseSchema, 400, 404, 503),
      },
    },
    async (request, reply) => {
      const notice = findNotice(lifecycle.assistant, request.params.id);
      const tag = toEntityTag(notice);
      reply.headers({ etag: tag, 'cache-control': 'no-cache' });
      if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
      return toDetails(notice);
    },
  );
}
