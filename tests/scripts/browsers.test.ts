/** The list of browsers: one for build, README and readers, and a check that finds what is newer. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { newerThanOldest, OLDEST_TEXT, TARGET } from '../../src/vite/browsers.ts';

it('is what the README says and the build lowers to', () => {
  expect(OLDEST_TEXT).toBe('Chrome 114, Edge 114, Firefox 125, Safari 17');
  expect(readFileSync('README.md', 'utf8')).toContain(OLDEST_TEXT);
  expect(TARGET).toEqual(['chrome114', 'edge114', 'firefox125', 'safari17']);
  expect(readFileSync('astro.config.mjs', 'utf8')).toContain('target: TARGET');
});

it.each([
  ['let{promise:e,reject:t}=Promise.withResolvers();', ['Promise.withResolvers']],
  ['a=Object.groupBy(b,c),d=new Map.groupBy(e)', ['Object.groupBy']],
  ['for(let x of m.values().map(f));', ['methods of iterators']],
  ['return AbortSignal.any([a,b])', ['AbortSignal.any']],
  // Asked for first, or something else of that name.
  ['Promise.withResolvers?.()??old()', []],
  ['[...m.values()].map(f),Object.keys(o).map(g),list.union(a),x.transfer(y)', []],
])('%s', (code, found) => expect(newerThanOldest(code)).toEqual(found));
