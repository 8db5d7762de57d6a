const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** `<@U1>`, `<@U1|name>`, `<#C1|name>`, `<!here>`, `<!subteam^S1|@group>`, `<https://a|label>`: each is told by what people see of it. */
function toShown(whole: string, sigil: string, target: string, label: string | undefined): string {
  switch (sigil) {
    case '@':
      return label === undefined ? '' : `@${label}`;
    case '#':
      return label === undefined || label === '' ? '' : `#${label}`;
    case '!':
      return label ?? '';
    default:
      return label ?? target.replace(/^mailto:/, '') ?? whole;
  }
}

/** What somebody typed, from what Slack sends of it; mentions of people whose name it does not tell are left out, the bot's own among them. */
export function readSlackText(text: string, botUserId: string | undefined): string {
  const own = botUserId === undefined ? text : text.replaceAll(new RegExp(`<@${botUserId}(?:\\|[^>]*)?>`, 'g'), ' ');
  return own
    .replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, toShown)
    .replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[ \t]+/g, ' ')
    .trim();
}

export function mentionsUser(text: string, userId: string | undefined): boolean {
  return userId !== undefined && (text.includes(`<@${userId}>`) || text.includes(`<@${userId}|`));
}
