import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { describeStore } from './store.contract.ts';

describeStore('SQLite', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-store-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return { open: ({ retentionDays = 180, ...options } = {}) => openStore({ dataDir, retentionDays, ...options }) };
});
