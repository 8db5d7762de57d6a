import { buildVectorIndex } from '../../src/indexes/vector-build.ts';
import { makeVectors } from './synthetic.ts';

/** Ends the process while a worker thread is in native code, for a test that looks at the exit code. */
await buildVectorIndex(makeVectors(1500, 256), { useWorker: true, onProgress: () => process.exit(7) });
