import { z } from 'zod';

const offset = z.int().min(0).meta({ description: 'UTF-16 units into the text of the notice' });
const milliseconds = z.number().min(0);

const citation = z.strictObject({
  n: z.int().min(1).meta({ description: 'The mark [n] in the answer' }),
  noticeId: z.string(),
  passageId: z.string(),
  section: z.string().meta({ example: '2.5.4' }),
  label: z.string(),
  citedText: z.string().meta({ description: 'Exactly the characters of the notice from start to end' }),
  start: offset,
  end: offset,
});

const rankedSentence = z.strictObject({ passageId: z.string(), start: offset, end: offset, score: z.number() });

const explanation = z.looseObject({
  kind: z.string(),
  kindText: z.string().meta({ description: 'The kind in words for people' }),
  terms: z.array(z.strictObject({ text: z.string(), weight: z.number(), found: z.boolean(), through: z.string().optional() })),
  evidence: z.array(rankedSentence.extend({ label: z.string(), text: z.string() })).meta({ description: 'The ranked sentences, best first' }),
  coverage: z.number().min(0).max(1),
  dropped: z.array(z.strictObject({ text: z.string(), problems: z.array(z.string()), problemTexts: z.array(z.string()).meta({ description: 'The same in words for people' }) })),
});

export const answerSchema = z.strictObject({
  answerId: z.string(),
  status: z.enum(['answered', 'refused', 'chat']),
  mode: z.enum(['extractive', 'generative']),
  degraded: z.strictObject({ reason: z.string() }).optional().meta({ description: 'Why the extractive answer stands in' }),
  standaloneQuestion: z.string(),
  answer: z.string().meta({ description: 'The claims with their [n] marks' }),
  lead: z.strictObject({ text: z.string(), citations: z.array(z.int()) }).optional().meta({ description: 'The figure or name alone' }),
  claims: z.array(z.strictObject({ text: z.string(), citations: z.array(z.int()) })),
  citations: z.array(citation),
  refusal: z
    .strictObject({
      kind: z.enum(['outside', 'attribute', 'scope', 'off-topic', 'steering']),
      missing: z.array(z.string()),
      nearest: z.array(citation),
    })
    .optional(),
  suggestions: z.array(z.string()).meta({ description: 'Questions that can be answered' }),
  support: z.number().min(0).max(1).meta({ description: "How much of the question's weight stands in the evidence" }),
  dropped: z.int().min(0).meta({ description: 'Sentences that were not shown because they did not verify' }),
  timing: z.looseObject({ retrievalMs: milliseconds, firstSentenceMs: milliseconds.optional(), totalMs: milliseconds }),
  explain: explanation.optional(),
});

const conversationId = z.string().meta({ description: 'Opens the conversation to whoever knows it, unless it belongs to the subject of a token' });
const time = z.iso.datetime();

export const askResponseSchema = answerSchema.extend({ conversationId: conversationId.optional() });

const conversationSummary = z.strictObject({
  conversationId, title: z.string().meta({ description: 'The first question, cut to 60 characters' }), createdAt: time, updatedAt: time,
});

export const conversationsResponseSchema = z.strictObject({ conversations: z.array(conversationSummary) });

const turn = z.strictObject({
  answerId: z.string(),
  question: z.string(),
  askedAt: time,
  state: z.enum(['running', 'complete', 'stopped', 'failed']),
  answer: answerSchema.optional().meta({ description: 'Where it is complete' }),
  text: z.string().meta({ description: 'What was shown' }),
  citations: z.array(citation),
  verdict: z.enum(['up', 'down']).optional(),
});

export const conversationResponseSchema = conversationSummary.extend({
  expiresAt: time.meta({ description: 'When it is deleted, unless something more is asked' }),
  turns: z.array(turn).meta({ description: 'In the order in which they were asked' }),
});

export const stopResponseSchema = z.strictObject({ stopped: z.boolean() });

export const feedbackResponseSchema = z.strictObject({ answerId: z.string(), verdict: z.enum(['up', 'down']).nullable() });

export const searchResponseSchema = z.strictObject({
  hits: z.array(
    z.strictObject({
      passageId: z.string(),
      noticeId: z.string(),
      section: z.string(),
      label: z.string(),
      score: z.number(),
      text: z.string(),
      start: offset,
      end: offset,
    }),
  ),
});

const noticeSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  source: z.string().optional(),
  publishedAt: z.string().optional(),
  date: z.string().optional(),
  hash: z.string().meta({ description: 'SHA-256 of the file, hex' }),
  characters: z.int(),
  passages: z.int(),
});

export const noticesResponseSchema = z.strictObject({ generation: z.string(), notices: z.array(noticeSummary) });

const outlineSection = z.strictObject({
  section: z.string().meta({ example: '2.5' }),
  id: z.string(),
  marker: z.string(),
  markerText: z.string(),
  heading: z.string(),
  /** Behind the heading and the mark that closes it; `start` where an entry has no heading. */
  headingEnd: offset,
  start: offset,
  end: offset,
  get children() {
    return z.array(outlineSection);
  },
});

/** A schema that holds itself can only be referred to by name. */
z.globalRegistry.add(outlineSection, { id: 'OutlineSection' });

export const noticeResponseSchema = z.strictObject({
  ...noticeSummary.omit({ passages: true }).shape,
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'gb18030']),
  outline: z.array(outlineSection),
  passages: z.array(
    z.strictObject({ passageId: z.string(), section: z.string(), label: z.string(), start: offset, end: offset, text: z.string() }),
  ),
  text: z.string(),
});

const figure = z.strictObject({
  text: z.string(), start: offset, end: offset, value: z.number(), upper: z.number().optional(), unit: z.string(), kind: z.string(), comparator: z.string(),
}).meta({ id: 'Figure' });

export const targetsResponseSchema = z.strictObject({
  targets: z.array(z.strictObject({
    noticeId: z.string(), passageId: z.string(), section: z.string(), label: z.string(),
    kind: z.enum(['figure', 'absolute', 'document', 'creation']),
    measured: z.string().meta({ description: 'What is measured, issued or attained, as written' }), measuredStart: offset, measuredEnd: offset,
    carried: z.strictObject({ text: z.string(), start: offset, end: offset }).optional().meta({ description: 'What an earlier clause says that it is of' }),
    figure: figure.optional(),
    further: z.array(figure).optional(),
    strength: z.string().meta({ example: '力争达到' }),
    period: z.string().meta({ example: '5年内' }),
    place: z.string(),
    sentence: z.string(),
    start: offset, end: offset,
    text: z.string().meta({ description: 'The clause, from start to end' }),
  })),
});

export const widgetSettingsSchema = z.strictObject({
  title: z.string(),
  notices: z.array(z.strictObject({ id: z.string(), title: z.string(), source: z.string().optional(), publishedAt: z.string().optional() })),
  retentionDays: z.int(),
  longestQuestion: z.int(),
  mode: z.enum(['extractive', 'generative']),
  examples: z.array(z.string()).meta({ description: 'Questions that can be answered' }),
  contact: z.string().optional().meta({ description: 'Whom to ask what the notices do not say' }),
  login: z.boolean().meta({ description: 'Whether questions need a token' }),
  publicBaseUrl: z.string().optional(),
  version: z.string(),
});

export const healthResponseSchema = z.strictObject({ status: z.literal('ok') });

const botState = z.looseObject({
  phase: z.enum(['off', 'connecting', 'up', 'refused', 'stopped']).meta({ description: '`refused`: the platform does not accept the credentials' }),
  mode: z.string().optional(),
  reason: z.string().optional().meta({ description: 'Why it is not up' }),
  lastInboundAt: z.iso.datetime().optional(),
  reconnects: z.int().optional(),
});

export const readyResponseSchema = z.strictObject({
  status: z.literal('ready'),
  generation: z.string(),
  notices: z.int(),
  passages: z.int(),
  problems: z.int().meta({ description: 'Files of the corpus that could not be read' }),
  mode: z.enum(['extractive', 'generative']),
  store: z.enum(['working', 'failing', 'none']).meta({ description: 'Whether conversations are kept' }),
  bots: z.strictObject({ slack: botState, dingtalk: botState }).meta({ description: 'Chat platforms' }),
});

export const errorResponseSchema = z
  .strictObject({ error: z.strictObject({ code: z.string(), message: z.string(), requestId: z.string() }) })
  .meta({ id: 'Error' });
