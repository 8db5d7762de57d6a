import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Each process that segments holds the dictionary (250 MB) and takes a second to load it: no more of them than cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Limits of time are part of what is tested, and machines are shared: a test that a neighbour disturbed is run again.
    retry: 1,
  },
});
