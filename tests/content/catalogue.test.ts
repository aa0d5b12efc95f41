/** The gallery's catalogue: each widget has a line and a picture for each theme, and nothing else has. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { about } from '../../src/components/widgets/about.ts';
import { registry } from '../../src/components/widgets/registry.ts';

const ids = Object.keys(registry).sort();

it('says of every widget what it lets a reader do', () => {
  expect(Object.keys(about).sort()).toEqual(ids);
  for (const [id, line] of Object.entries(about)) {
    expect(line.length, id).toBeGreaterThan(30);
    expect(line.length, id).toBeLessThan(130);
  }
});

it('has a small picture of every widget in both themes: node scripts/thumbnails.mjs', () => {
  const folder = 'public/thumbs';
  expect(existsSync(folder)).toBe(true);
  const files = ids.flatMap((id) => [`${id}-dark.webp`, `${id}-light.webp`]);
  expect(readdirSync(folder).sort()).toEqual(files.sort());
  for (const file of files) expect(statSync(`${folder}/${file}`).size, file).toBeLessThan(40_000);
});
