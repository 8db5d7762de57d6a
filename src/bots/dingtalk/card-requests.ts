import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { DingtalkSettings } from '../../bot-settings.ts';
import { DingtalkFailure } from './request.ts';
import type { DingtalkMessage } from './message.ts';

/** The variables of a card; all of them texts, as DingTalk wants it. */
export type CardVariables = Readonly<Record<string, string>>;

/** The states that the templates of AI cards know. */
export const FLOW = { searching: '1', telling: '2', finished: '3', failed: '5' } as const;

/** A request below the address of the API. */
export interface CardRequest {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: object;
}

const createdSchema = z.looseObject({ result: z.looseObject({ deliverResults: z.array(z.looseObject({ success: z.boolean() })).min(1) }) });

/** Makes a card and shows it, in the group or to the person alone. Its buttons are heard of over the stream. */
export function createCard(settings: Pick<DingtalkSettings, 'mode'>, templateId: string, trackId: string, message: DingtalkMessage, robotCode: string, variables: CardVariables): CardRequest {
  const space = message.isGroup
    ? { openSpaceId: `dtv1.card//IM_GROUP.${message.conversationId}`, imGroupOpenSpaceModel: { supportForward: true }, imGroupOpenDeliverModel: { robotCode } }
    : { openSpaceId: `dtv1.card//IM_ROBOT.${message.senderStaffId}`, imRobotOpenSpaceModel: { supportForward: true }, imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode } };
  return {
    method: 'POST',
    path: '/v1.0/card/instances/createAndDeliver',
    body: { cardTemplateId: templateId, outTrackId: trackId, cardData: { cardParamMap: variables }, ...(settings.mode === 'stream' && { callbackType: 'STREAM' }), userIdType: 1, ...space },
  };
}

/** @throws DingtalkFailure where the card was made, but shown to nobody */
export function checkDelivered(reply: unknown): void {
  const created = createdSchema.safeParse(reply);
  if (!created.success || !created.data.result.deliverResults.every(({ success }) => success)) throw new DingtalkFailure('refused', 'that the card was not delivered');
}

/** Each request has an id of its own, a repeated one too. */
export function streamCard(trackId: string, key: string, content: string, state: { readonly isLast: boolean; readonly isError: boolean }): CardRequest {
  return {
    method: 'PUT',
    path: '/v1.0/card/streaming',
    body: { outTrackId: trackId, guid: randomUUID(), key, content, isFull: true, isFinalize: state.isLast, isError: state.isError },
  };
}

export function updateCard(trackId: string, variables: CardVariables): CardRequest {
  return { method: 'PUT', path: '/v1.0/card/instances', body: { outTrackId: trackId, cardData: { cardParamMap: variables }, cardUpdateOptions: { updateCardDataByKey: true } } };
}
