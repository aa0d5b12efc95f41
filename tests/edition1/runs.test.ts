/** Every saved run of edition 1 opens with all that it held, and can be written and read again. */
import { describe, expect, it } from 'vitest';
import { decodeRun, encodeRun } from '../../src/lib/worker/runFile.ts';
import { describeData, describeRun } from './described.ts';
import { jsonOf, runNames, runOfName } from './files.ts';

const kept = jsonOf<Record<string, ReturnType<typeof describeRun>>>('runs');
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));

it('are all there', () => expect(runNames().sort()).toEqual(Object.keys(kept).sort()));

describe.each(Object.keys(kept))('%s', (name) => {
  it('opens with its settings, weights, moments and losses', () => {
    // Sums in a fixed order of the very numbers: no tolerance. Settings may become more.
    expect(plain(describeRun(runOfName(name)))).toMatchObject(kept[name]);
  });

  it('comes back from a file written now', () => {
    const run = decodeRun(runOfName(name));
    expect(plain(describeRun(encodeRun(run)))).toMatchObject(kept[name]);
  });
});

it('the data that they are trained on are the same', async () => {
  expect(await describeData()).toEqual(jsonOf('data'));
});
