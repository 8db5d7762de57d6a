import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const { bin, scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { bin: Record<string, string>; scripts: Record<string, string> };

describe('the package', () => {
  // The link to it is made executable at the install only; a later build, as of `npm start`, writes the file anew.
  it('leaves each command executable after every build', () => {
    for (const file of Object.values(bin)) expect(scripts['build']).toContain(`fs.chmodSync('${file}',0o755)`);
  });
});
