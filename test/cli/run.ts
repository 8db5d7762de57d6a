import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Config } from '../../src/config.ts';
import type { CommandContext } from '../../src/cli/context.ts';
import { runProgram } from '../../src/cli/program.ts';
import { createFakeAssistant } from '../helpers/fake-assistant.ts';
import type { FakeAssistant } from '../helpers/fake-assistant.ts';

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** What the assistant was opened with; empty where it never was. */
  readonly opened: readonly Config[];
  readonly assistant: FakeAssistant;
}

export interface RunOptions {
  readonly assistant?: FakeAssistant;
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly isTTY?: boolean;
  /** Standard input; undefined: a terminal. */
  readonly input?: readonly (string | Uint8Array)[];
  readonly open?: CommandContext['openAssistant'];
}

/** A folder that goes with the test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wence-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs one command line in this process, over a fake assistant, with captured output. */
export async function run(commandLine: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { assistant = createFakeAssistant(), env = {}, cwd = makeFolder(), isTTY = false, input } = options;
  let out = '';
  let err = '';
  const opened: Config[] = [];
  const code = await runProgram(commandLine, {
    stdin: { isTTY: input === undefined, async *[Symbol.asyncIterator]() { yield* input ?? []; } },
    stdout: { isTTY, write: (text) => (out += text) },
    stderr: { isTTY: false, write: (text) => (err += text) },
    env,
    cwd,
    openAssistant: async (config, openOptions) => {
      opened.push(config);
      return options.open === undefined ? assistant : options.open(config, openOptions);
    },
  });
  return { code, out, err, opened, assistant };
}
