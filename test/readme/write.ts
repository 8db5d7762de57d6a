import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { renderBench } from './bench-table.ts';
import { BLOCK, FILES, LANGUAGES, renderBlocks } from './blocks.ts';

// npx tsx test/readme/write.ts [--bench FILE]: brings what the READMEs show up to date; FILE holds what `npm run bench` printed.
const { values } = parseArgs({ options: { bench: { type: 'string' } } });
const blocks = await renderBlocks();
for (const language of LANGUAGES) {
  const file = new URL(`../../${FILES[language]}`, import.meta.url);
  const before = readFileSync(file, 'utf8');
  const after = before.replace(BLOCK, (whole, name: string, kind: string) => {
    const isBench = name === 'figures:bench' && values.bench !== undefined;
    const content = isBench ? renderBench(readFileSync(values.bench ?? '', 'utf8'), language) : blocks[language].get(name);
    return content === undefined ? whole : `<!-- ${name} -->\n${content}<!-- /${kind} -->`;
  });
  if (after !== before) writeFileSync(file, after);
  console.log(`${FILES[language]} ${after === before ? 'is up to date' : 'was brought up to date'}`);
}
