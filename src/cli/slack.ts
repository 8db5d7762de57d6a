import { Command, Option } from 'commander';
import { loadConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { describeError } from '../errors.ts';
import { renderJson } from '../render/json.ts';
import { toPrintableLine } from '../render/printable.ts';
import { parsePublicUrl } from '../text/addresses.ts';
import { loadPhrases } from '../text/phrases.ts';
import { createConsoleLogger } from './console-logger.ts';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';

interface ManifestFlags {
  readonly host?: string;
  readonly socket?: true;
  readonly name?: string;
}

const EXAMPLES = 2;

/** `https://qa.example.gov.cn/wence` for that, for `qa.example.gov.cn/wence`, and for `qa.example.gov.cn` where the service is offered under /wence. */
function readBaseUrl(host: string | undefined, { publicBaseUrl, basePath }: Config): string {
  if (host === undefined) {
    if (publicBaseUrl === undefined) throw new UsageError('Slack must be told where the service is: give --host, such as --host https://qa.example.gov.cn, or set PUBLIC_BASE_URL; or give --socket where Slack cannot reach it.');
    return checkScheme(publicBaseUrl, 'PUBLIC_BASE_URL');
  }
  const url = parsePublicUrl(/^[a-z][a-z\d+.-]*:\/\//i.test(host) ? host : `https://${host}`);
  if (url === undefined) throw new UsageError(`--host: read "${toPrintableLine(host)}"; accepted is an address such as https://qa.example.gov.cn, or a host name.`);
  return checkScheme(new URL(url).pathname === '/' ? `${url}${basePath}` : url, '--host');
}

function checkScheme(url: string, name: string): string {
  if (url.startsWith('https://')) return url;
  throw new UsageError(`${name}: read "${url}", but Slack sends to https alone. Give the address of a proxy that speaks https, or --socket.`);
}

/** Questions that these notices can answer; a manifest is as good without. */
async function findExamples(config: Config, context: CommandContext): Promise<readonly string[]> {
  try {
    const assistant = await context.openAssistant({ ...config, chatModel: undefined }, { logger: createConsoleLogger(context.stderr, config) });
    try {
      return assistant.examples(EXAMPLES);
    } finally {
      await assistant.close();
    }
  } catch (error) {
    context.stderr.write(`wence: the manifest has no questions to begin with: ${toPrintableLine(describeError(error))}\n`);
    return [];
  }
}

async function printManifest(flags: ManifestFlags, context: CommandContext): Promise<void> {
  const config = loadConfig(context.env, { cwd: context.cwd });
  const transport = flags.socket ? ({ mode: 'socket' } as const) : ({ mode: 'http', baseUrl: readBaseUrl(flags.host, config) } as const);
  const { createSlackManifest } = await import('../bots/slack-manifest.ts');
  const manifest = createSlackManifest({ transport, phrases: loadPhrases(), examples: await findExamples(config, context), ...(flags.name !== undefined && { name: flags.name }) });
  context.stdout.write(renderJson(manifest));
}

function createManifestCommand(context: CommandContext): Command {
  return new Command('manifest')
    .summary('print the manifest to create the Slack app from')
    .description('Prints the manifest to create the Slack app from: what it is called, may do and is told of, and where Slack sends that.')
    .option('--host <address>', 'address at which Slack reaches the service; PUBLIC_BASE_URL where it is left out')
    .addOption(new Option('--socket', 'for Socket Mode: Slack needs no address, the service connects to Slack').conflicts('host'))
    .option('--name <name>', 'what the app is called; at most 35 characters')
    .addHelpText('after', `
Paste it at https://api.slack.com/apps → Create New App → From a manifest; docs/slack.md goes on from there.

Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

Examples:
  $ wence slack manifest --host https://qa.example.gov.cn
  $ wence slack manifest --socket > manifest.json`)
    .action((flags: ManifestFlags) => printManifest(flags, context));
}

/** `wence slack`: what sets the Slack app up. */
export function createSlackCommand(context: CommandContext): Command {
  return new Command('slack')
    .summary('set up the Slack app')
    .description('Sets up the Slack app through which people ask in Slack; docs/slack.md tells it from the beginning.')
    .addCommand(createManifestCommand(context))
    .addHelpText('after', `
Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

Examples:
  $ wence slack manifest --host https://qa.example.gov.cn
  $ wence slack manifest --socket`);
}
