import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** An answer that is older was left by a dead process, whoever that was: no model is waited for longer. */
export const LONGEST_ANSWER_MS = 600_000;

/** Names of the stores that are open in this process. */
const open = new Set<string>();

/**
 * Names an open store: host, process id, and some random letters, since the process of a restarted container has the id of the one before.
 * Turns carry it, so that those of a dead process are known at once and not only by their age.
 */
export function createWorkerName(): string {
  const name = `${hostname()}/${process.pid}/${randomBytes(6).toString('base64url')}`;
  open.add(name);
  return name;
}

export function retireWorkerName(name: string): void {
  open.delete(name);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process of that name has surely ended; of one on another host nothing is known. */
export function isDead(name: string): boolean {
  const [, host, pid] = /^(.*)\/(\d+)\/[\w-]+$/.exec(name) ?? [];
  if (host !== hostname()) return false;
  return Number(pid) === process.pid ? !open.has(name) : !isRunning(Number(pid));
}
