import { expect, it } from 'vitest';
import { cellTable } from '../../src/markdown/cellTable.ts';

const rows = await cellTable('crossing-lines');

it('one step leads every noise to the mean of ±1, and many steps to the side of the noise', () => {
  const [one, ...more] = rows;
  for (const [name, end] of Object.entries(one)) if (name !== 'steps') expect(end).toBe(0);
  const last = more.at(-1)!;
  expect(['from -2', 'from -0.5', 'from 0.01', 'from 0.5', 'from 2'].map((n) => last[n])).toEqual(
    [-1, -1, 1, 1, 1].map((side) => expect.closeTo(side, 6)),
  );
  // Near the watershed more steps are needed than elsewhere.
  const four = rows.find(({ steps }) => steps === 4)!;
  expect(four['from 0.5']).toBeGreaterThan(0.99);
  expect(four['from 0.01']).toBeLessThan(0.5);
});
