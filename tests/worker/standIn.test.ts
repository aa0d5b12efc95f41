import { afterEach, expect, it, vi } from 'vitest';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import { loadRunData } from '../../src/lib/worker/prepare.ts';

afterEach(() => vi.restoreAllMocks());

it('digits stand in only for data of their own shape: a network for colour is told that its data are missing', async () => {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
  const told: unknown[] = [];
  const post = (event: unknown) => told.push(event);
  // Not `rejects`: it would print the millions of numbers that must not come.
  const refused = await loadRunData(defaultRun('emoji'), '/', post).then(
    ({ config }) => config.dataset,
    ({ name, code }) => `${name} ${code}`,
  );
  expect(refused).toBe('DataError unreachable');
  expect(told).toEqual([]);
  const { config, dataset } = await loadRunData(defaultRun('mnist'), '/', post);
  expect([config.dataset, dataset.channels]).toEqual(['digits', 1]);
  expect(told).toMatchObject([{ type: 'warning', code: 'dataFallback' }]);
});
