import { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { gatherLines } from './log-lines.ts';

interface ServeFlags {
  readonly host?: string;
  readonly port?: string;
}

async function serve({ host, port }: ServeFlags, context: CommandContext): Promise<void> {
  const [{ loadConfig }, { createServer }, { closeOnSignals }] = await Promise.all([
    import('../config.ts'),
    import('../service/server.ts'),
    import('../service/shutdown.ts'),
  ]);
  const env = { ...context.env, ...(host !== undefined && { HOST: host }), ...(port !== undefined && { PORT: port }) };
  const config = loadConfig(env, { cwd: context.cwd });
  const { openAssistant, stdout } = context;
  const log = gatherLines((text) => stdout.write(text));
  process.once('exit', log.flush);
  const server = await createServer({ config, openAssistant, writeLog: log.add });
  closeOnSignals(() => server.close(), server.logger);
  try {
    const { url, ready } = await server.start();
    await ready;
    log.flush();
    if (stdout.isTTY) stdout.write(`\n  问策  ${url}${config.basePath}/   (Ctrl-C ends)\n\n`);
  } catch (error) {
    await server.close();
    // The error is said last, below what led to it.
    log.flush();
    throw error;
  }
  // Until a signal ends the process.
  await new Promise(() => undefined);
}

/** `wence serve`: the HTTP service. */
export function createServeCommand(context: CommandContext): Command {
  return new Command('serve')
    .summary('answer over HTTP')
    .description('Answers over HTTP; /docs describes the interface.')
    .option('--host <host>', 'listen on this address (HOST, default 127.0.0.1)')
    .option('--port <port>', 'listen on this port (PORT, default 3000; 0 takes a free one)')
    .addHelpText(
      'after',
      `
The log goes to standard output, one JSON record a line. SIGTERM and Ctrl-C let answers under way end,
for some seconds at most; a second one exits at once.

Exit codes: 0 closed by a signal, 1 could not start, 2 wrong usage or settings.

Examples:
  $ wence serve
  $ HOST=0.0.0.0 wence serve --port 8080
  $ curl -s localhost:3000/api/ask -H 'content-type: application/json' -d '{"question":"教育投入是多少?"}'`,
    )
    .action((flags: ServeFlags) => serve(flags, context));
}
