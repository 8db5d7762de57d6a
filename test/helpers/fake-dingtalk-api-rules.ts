import { z } from 'zod';

/** What DingTalk documents that it wants, and nothing beside it: anything else is answered with 400. */

const id = z.string().min(1).max(300);
const texts = z.record(z.string().min(1), z.string());
const markdown = z.strictObject({ title: z.string().min(1), text: z.string().min(1).max(5_000) });

/** A text that holds JSON. */
const jsonOf = <T extends z.ZodType>(schema: T) => z.string().transform((value, context): unknown => {
  try {
    return JSON.parse(value);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
}).pipe(schema);

const at = z.strictObject({ atUserIds: z.array(id), isAtAll: z.literal(false) });

export const webhookBody = z.union([
  z.strictObject({ msgtype: z.literal('markdown'), markdown, at }),
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: z.string().min(1).max(5_000) }), at }),
]);

export const tokenBody = z.strictObject({ appKey: id, appSecret: id });

const robotMessage = { robotCode: id, msgKey: z.literal('sampleMarkdown'), msgParam: jsonOf(markdown) };
export const groupBody = z.strictObject({ ...robotMessage, openConversationId: id });
export const singleBody = z.strictObject({ ...robotMessage, userIds: z.array(id).min(1).max(20) });

const supportForward = z.strictObject({ supportForward: z.boolean() });
const cardOf = { cardTemplateId: id, outTrackId: id, cardData: z.strictObject({ cardParamMap: texts }), callbackType: z.literal('STREAM').optional(), userIdType: z.literal(1) };
export const createCardBody = z.union([
  z.strictObject({ ...cardOf, openSpaceId: z.string().regex(/^dtv1\.card\/\/IM_GROUP\..+/), imGroupOpenSpaceModel: supportForward, imGroupOpenDeliverModel: z.strictObject({ robotCode: id }) }),
  z.strictObject({ ...cardOf, openSpaceId: z.string().regex(/^dtv1\.card\/\/IM_ROBOT\..+/), imRobotOpenSpaceModel: supportForward, imRobotOpenDeliverModel: z.strictObject({ spaceType: z.literal('IM_ROBOT'), robotCode: id }) }),
]);
export const streamCardBody = z.strictObject({ outTrackId: id, guid: z.uuid(), key: id, content: z.string(), isFull: z.literal(true), isFinalize: z.boolean(), isError: z.boolean() });
export const updateCardBody = z.strictObject({ outTrackId: id, cardData: z.strictObject({ cardParamMap: texts }), cardUpdateOptions: z.strictObject({ updateCardDataByKey: z.literal(true) }) });

export const gatewayBody = z.strictObject({
  clientId: id, clientSecret: id, ua: id, localIp: z.string().optional(),
  subscriptions: z.array(z.strictObject({ type: z.enum(['EVENT', 'CALLBACK']), topic: id })).min(1),
});

const zzdMessage = { access_token: id, tenantId: id, senderId: id, msg: jsonOf(z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: z.string().min(1).max(5_000) }) })) };
export const zzdSendForm = z.union([
  z.strictObject({ ...zzdMessage, chatType: z.literal('1'), receiverId: id }),
  z.strictObject({ ...zzdMessage, chatType: z.literal('2'), chatId: id }),
]);
