import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bundleWidget } from './bundle.ts';

describe('the script of the widget', () => {
  it('is at most 25 KB packed', async () => {
    expect(gzipSync(await bundleWidget(), { level: 9 }).length).toBeLessThanOrEqual(25_000);
  });

  it('has nothing that makes HTML or code of text, and names no other host', async () => {
    const script = await bundleWidget();
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\("style"/);
    expect(script.match(/https?:\/\/[^"'`\s)]+/g)).toEqual(['http://www.w3.org/2000/svg']);
  });
});
