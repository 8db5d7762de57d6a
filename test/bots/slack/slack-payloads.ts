let count = 0;

/** As Slack sends it: an envelope with `event_id`, `authorizations` and all. */
export function createEvent(event: Readonly<Record<string, unknown>>, changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  count += 1;
  return {
    token: 'verification-token', team_id: 'T1', api_app_id: 'A1', type: 'event_callback', event_id: `Ev${String(count).padStart(6, '0')}`, event_time: 1764100000,
    authed_users: ['U0BOT'], authorizations: [{ enterprise_id: null, team_id: 'T1', user_id: 'U0BOT', is_bot: true, is_enterprise_install: false }],
    is_ext_shared_channel: false, event_context: '1-app_mention-T1-C1', event, ...changes,
  };
}

const said = { client_msg_id: 'b5a5a5a5-1111-4222-8333-444444444444', user: 'U1', team: 'T1', ts: '1764000000.000100', event_ts: '1764000000.000100' };

export const mention = (text = '<@U0BOT> 新建幼儿园多少所？', changes: object = {}) => createEvent({ type: 'app_mention', ...said, channel: 'C1', text, ...changes });
export const direct = (text = '新建幼儿园多少所？', changes: object = {}) => createEvent({ type: 'message', ...said, channel: 'D1', channel_type: 'im', text, ...changes });
export const inChannel = (text: string, changes: object = {}) => createEvent({ type: 'message', ...said, channel: 'C1', channel_type: 'channel', text, ...changes });

export const edit = (before: string, after: string, changes: object = {}) => createEvent({
  type: 'message', subtype: 'message_changed', hidden: true, channel: 'D1', channel_type: 'im', ts: '1764000050.000200', event_ts: '1764000050.000200',
  message: { type: 'message', ...said, text: after, edited: { user: 'U1', ts: '1764000050.000000' } }, previous_message: { type: 'message', ...said, text: before }, ...changes,
});

export const deletion = (text: string, changes: object = {}) => createEvent({
  type: 'message', subtype: 'message_deleted', hidden: true, channel: 'D1', channel_type: 'im', ts: '1764000060.000300', deleted_ts: said.ts,
  previous_message: { type: 'message', ...said, text }, ...changes,
});

export const home = (tab: 'home' | 'messages') => createEvent({ type: 'app_home_opened', user: 'U1', channel: 'D1', event_ts: '1764000000.000100', tab, ...(tab === 'home' && { view: { id: 'V0', type: 'home' } }) });
export const threadStarted = () => createEvent({ type: 'assistant_thread_started', assistant_thread: { user_id: 'U1', context: { channel_id: 'C1', team_id: 'T1' }, channel_id: 'D1', thread_ts: '1764000000.000100' }, event_ts: '1764000000.000100' });
export const sessionStopped = (changes: object = {}) => createEvent({ type: 'agent_session_stopped', channel: 'D1', thread_ts: '1764000000.000100', user: 'U1', streaming_message_ts: [], event_ts: '1764000001.000100', ...changes });

/** A form, as commands come. */
export function createCommand(text: string, responseUrl: string, changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  count += 1;
  return {
    token: 'verification-token', team_id: 'T1', team_domain: 'example', enterprise_id: 'E1', enterprise_name: '台州', channel_id: 'C1', channel_name: 'general', user_id: 'U1', user_name: 'yang',
    command: '/notice', text, api_app_id: 'A1', is_enterprise_install: 'false', response_url: responseUrl, trigger_id: `111.222.${count}`, ...changes,
  };
}

export const toForm = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();
export const toPayloadForm = (payload: object): string => toForm({ payload: JSON.stringify(payload) });

export function createClick(value: string, changes: object = {}): Record<string, unknown> {
  count += 1;
  return {
    type: 'block_actions', user: { id: 'U1', username: 'yang', name: 'yang', team_id: 'T1' }, api_app_id: 'A1', token: 'verification-token', team: { id: 'T1', domain: 'example' }, enterprise: null, is_enterprise_install: false,
    container: { type: 'message', message_ts: '1764000009.000100', channel_id: 'C1', is_ephemeral: false, thread_ts: '1764000000.000100' }, trigger_id: `333.444.${count}`,
    channel: { id: 'C1', name: 'general' }, message: { type: 'message', ts: '1764000009.000100', thread_ts: '1764000000.000100', bot_id: 'B0BOT', text: '…' }, state: { values: {} }, response_url: 'https://hooks.slack.com/actions/T1/1/x',
    actions: [{ type: 'feedback_buttons', action_id: 'answer_feedback', block_id: 'b1', value, action_ts: '1764000010.000100' }], ...changes,
  };
}

export function createSubmission(view: Readonly<Record<string, unknown>>, values: object): Record<string, unknown> {
  count += 1;
  return {
    type: 'view_submission', team: { id: 'T1', domain: 'example' }, user: { id: 'U1', username: 'yang', name: 'yang', team_id: 'T1' }, api_app_id: 'A1', token: 'verification-token', trigger_id: `555.666.${count}`,
    view: { ...view, id: `V${count}`, team_id: 'T1', hash: `${count}.abc`, state: { values }, app_id: 'A1', bot_id: 'B0BOT' }, response_urls: [], is_enterprise_install: false, enterprise: null,
  };
}
