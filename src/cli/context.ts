import type { Assistant } from '../assistant.ts';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface Input extends AsyncIterable<string | Uint8Array> {
  readonly isTTY?: boolean;
}

export type OnProgress = (done: number, total: number, step: string) => void;

export interface OpenOptions {
  readonly logger?: Logger;
  readonly onProgress?: OnProgress;
}

export type OpenAssistant = (config: Config, options?: OpenOptions) => Promise<Assistant>;

/** What a command has of the world around it. */
export interface CommandContext {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly openAssistant: OpenAssistant;
}
