/** Every link of edition 1 into the lab sets what it set, names the run it named, and is written again as it was. */
import { describe, expect, it } from 'vitest';
import { runOf, sampleRequestOf } from '../../src/components/trainer/runConfig.ts';
import {
  type LabSettings,
  parseSettings,
  printSettings,
} from '../../src/components/trainer/settings.ts';
import { runKey } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { jsonOf } from './files.ts';

interface LabLink {
  address: string;
  settings: LabSettings;
  autostart: boolean;
  run: ReturnType<typeof runOf>;
  name: string;
  request: ReturnType<typeof sampleRequestOf>;
}
const { labs } = jsonOf<{ labs: LabLink[] }>('links');

describe.each(labs)('$address', (kept) => {
  const url = new URL(kept.address, 'http://book.invalid/');
  const { settings, autostart, problems } = parseSettings(url.searchParams);

  it('shows and asks for the same', () => {
    expect(problems).toEqual([]);
    expect(autostart).toBe(kept.autostart);
    expect(settings).toMatchObject(kept.settings);
    expect(runOf(settings)).toMatchObject(kept.run);
    expect(sampleRequestOf(settings)).toMatchObject(kept.request);
  });

  it('finds the run that is kept under its name', () =>
    expect(runKey(runOf(settings))).toBe(kept.name));

  it('is written as it was', () => {
    const written = printSettings(settings, new URL('http://book.invalid/lab/')).searchParams;
    for (const [name, value] of written) expect(url.searchParams.get(name), name).toBe(value);
  });
});

it('these links use every setting of the lab', () => {
  const used = new Set(
    labs.flatMap(({ address }) => [...new URL(address, 'http://x/').searchParams.keys()]),
  );
  expect(Object.keys(labs[0].settings).filter((name) => !used.has(name))).toEqual([]);
});
