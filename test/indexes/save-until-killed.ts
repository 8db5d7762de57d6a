import { saveSnapshot } from '../../src/indexes/snapshot.ts';
import { makeContent, makeIdentity } from './snapshot-samples.ts';

/** Saves two generations in turn without end, for a test that kills it. Says `ready` once the first is saved. */
const [folder = ''] = process.argv.slice(2);
const contents = [await makeContent(1), await makeContent(2)] as const;
for (let round = 0; ; round += 1) {
  await saveSnapshot(folder, contents[round % 2]!, makeIdentity((round % 2) + 1));
  if (round === 0) process.stdout.write('ready\n');
}
