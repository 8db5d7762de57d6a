import { choosePhrase } from '../answer/wording.ts';
import type { Phrases } from '../text/phrases.ts';

/** Where the service takes what Slack sends, below its public address. */
export const SLACK_EVENTS_PATH = '/slack/events';

/** Lowercase ASCII, as Slack wants it; the bot answers to any other name, too. */
export const SLACK_COMMAND = '/notice';

/** What the bot may do, and nothing more; docs/slack.md says why. */
export const SLACK_SCOPES = ['app_mentions:read', 'assistant:write', 'channels:history', 'chat:write', 'commands', 'groups:history', 'im:history'] as const;

/** What Slack tells the bot of; docs/slack.md says why. */
export const SLACK_EVENTS = ['agent_session_stopped', 'app_home_opened', 'app_mention', 'message.channels', 'message.groups', 'message.im'] as const;

/** Slack's limits, in characters. */
const LONGEST = { name: 35, botName: 80, description: 140, agent: 300, hint: 1_000, prompt: 75 } as const;
const MOST_PROMPTS = 4;

export interface SlackManifestOptions {
  /** Over HTTP: the service's public address, without a slash at its end. In Socket Mode no address is needed. */
  readonly transport: { readonly mode: 'http'; readonly baseUrl: string } | { readonly mode: 'socket' };
  readonly phrases: Phrases;
  /** What the app is called; left out: as the phrases have it. */
  readonly name?: string;
  /** Questions that are offered when the chat is opened; as many as there is room for. */
  readonly examples: readonly string[];
}

interface Prompt {
  readonly title: string;
  readonly message: string;
}

function clip(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

function choosePrompts(examples: readonly string[], phrase: (key: string) => string): Prompt[] {
  const own = [
    { title: phrase('slackPromptTargets'), message: phrase('commandTargets') },
    { title: phrase('slackPromptHelp'), message: phrase('commandHelp') },
  ];
  const asked = examples.slice(0, MOST_PROMPTS - own.length).map((question) => ({ title: clip(question, LONGEST.prompt), message: question }));
  return [...asked, ...own];
}

/** The app as Slack is told of it (Create New App → From a manifest); `JSON.stringify` it. */
export function createSlackManifest({ transport, phrases, name, examples }: SlackManifestOptions) {
  const phrase = (key: string): string => choosePhrase(phrases.bots, key);
  const isSocket = transport.mode === 'socket';
  const url = isSocket ? {} : { url: `${transport.baseUrl}${SLACK_EVENTS_PATH}` };
  const requestUrl = isSocket ? {} : { request_url: `${transport.baseUrl}${SLACK_EVENTS_PATH}` };
  return {
    display_information: { name: clip(name ?? phrase('slackName'), LONGEST.name), description: clip(phrase('slackDescription'), LONGEST.description) },
    features: {
      agent_view: { agent_description: clip(phrase('slackAgent'), LONGEST.agent), suggested_prompts: choosePrompts(examples, phrase) },
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: clip(phrase('slackBotName'), LONGEST.botName), always_online: true },
      slash_commands: [{
        command: SLACK_COMMAND, description: clip(phrase('slackCommand'), LONGEST.hint), usage_hint: clip(phrase('slackCommandHint'), LONGEST.hint), should_escape: false, ...url,
      }],
    },
    oauth_config: { scopes: { bot: [...SLACK_SCOPES] } },
    settings: {
      event_subscriptions: { ...requestUrl, bot_events: [...SLACK_EVENTS] },
      interactivity: { is_enabled: true, ...requestUrl },
      org_deploy_enabled: false,
      socket_mode_enabled: isSocket,
      token_rotation_enabled: false,
    },
  };
}
