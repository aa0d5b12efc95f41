/** What carries a run knows nothing of what it trains. */

import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOf } from '../../scripts/architecture/imports.mjs';
import { recipeOf } from '../../src/lib/tensor/recipes/record.ts';
import { saidOf } from '../said.ts';

/** Loop, storage, files, meter, film and curves; what pages call, too, but for what they call it. */
const CARRIERS = [
  ...globSync('src/lib/worker/*.ts').filter((file) => !file.endsWith('/sampler.ts')),
  ...globSync('src/lib/checkpoint/*.ts'),
  ...['recipe', 'settings'].map((name) => `src/lib/tensor/recipes/${name}.ts`),
  ...['film', 'filmClock', 'camera', 'lossHistory'].map(
    (name) => `src/components/trainer/${name}.ts`,
  ),
  'src/lib/plots/lab/loss.ts',
];

const WORDS =
  /diffus(?!ion\/|ion')|schedul|epsilon|predict|sampler|denois|alpha_?bar|\bbetas\b|guidance|timestep|dd[pi]m|\bx_?0\b|score|velocity|objective|weighting|\bbugs?\b/i;

/** Floors of what they may use of the recipes. */
const MAY_IMPORT = /^src\/lib\/tensor\/recipes\/(recipe|record|settings)\.ts$/;

describe.each(CARRIERS)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it('has no word of diffusion', () => {
    const found = text.split('\n').filter((line) => WORDS.test(line));
    expect(found.filter((line) => !/createSampler\(\)/.test(line))).toEqual([]);
  });

  it('imports nothing of a recipe’s own', () => {
    const targets = importsOf(file).map(({ target }) => target ?? '');
    expect(
      targets.filter(
        (target) =>
          /^src\/lib\/math\/(process|samplers|objectives|exact|bound|mistakes)\//.test(target) ||
          (target.startsWith('src/lib/tensor/recipes/') && !MAY_IMPORT.test(target)),
      ),
    ).toEqual([]);
  });
});

it('the words would be found', () => {
  for (const line of ['scheduleOf(config)', 'type: EpsilonTarget', "sampler: 'ddim'", 'const x0 ='])
    expect(line).toMatch(WORDS);
});

it('settings that name no recipe are of the first; an unknown name is refused with what there is', () => {
  expect(recipeOf({ dataset: 'two' })).toBe(recipeOf({ recipe: 'diffusion' }));
  expect(saidOf(() => recipeOf({ recipe: 'toString' }))).toMatch(
    /config\.recipe should be .*diffusion.*, but is "toString"/,
  );
});
