import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('gives each class of a component to one stylesheet: the gallery loads them all at once', () => {
  const owners = new Map<string, string[]>();
  for (const file of globSync('src/components/**/*.css')) {
    const own = new Set(
      [...readFileSync(file, 'utf8').matchAll(/^(\.[\w-]+) \{$/gm)].map(([, c]) => c),
    );
    for (const name of own) owners.set(name, [...(owners.get(name) ?? []), file]);
  }
  expect(owners.size).toBeGreaterThan(20);
  expect([...owners].filter(([, files]) => files.length > 1)).toEqual([]);
});
