/** Sample draws fresh noise at each press, unless its link fixes one; and what was drawn can be drawn again. */
import { describe, expect, it } from 'vitest';
import { FILM_SEED, freshSeed, noiseSeed } from '../../src/components/trainer/freshNoise.ts';
import { filmRequestOf, runOf, sampleRequestOf } from '../../src/components/trainer/runConfig.ts';
import {
  defaultSettings,
  parseSettings,
  printSettings,
} from '../../src/components/trainer/settings.ts';

const settingsOf = (query: string) => parseSettings(new URLSearchParams(query)).settings;
const PRESSES = Array.from({ length: 200 }, (_, i) => i + 1);

describe('the noise of Sample', () => {
  it('is another one at each press, and never the film’s', () => {
    const settings = defaultSettings('digits');
    const seeds = PRESSES.map((press) => sampleRequestOf(settings, press).seed);
    expect(new Set(seeds).size).toBe(PRESSES.length);
    expect(seeds).not.toContain(filmRequestOf(runOf(settings), 1).seed);
    expect(filmRequestOf(runOf(settings), 500).seed).toBe(FILM_SEED);
    for (const seed of seeds) expect(String(seed)).toMatch(/^[1-9]\d{5}$/);
  });

  it('follows from the run’s seed and the number of the press alone', () => {
    expect(freshSeed(5, 3)).toBe(freshSeed(5, 3));
    const runs = Array.from({ length: 50 }, (_, run) => freshSeed(run, 1));
    expect(new Set(runs).size).toBe(50);
  });

  it('is the one that a link fixes, whatever the press, as it was before', () => {
    for (const seed of [0, 7, 12, 4294967295]) {
      const settings = settingsOf(`dataset=two&sampleSeed=${seed}`);
      for (const press of [1, 2, 9]) expect(sampleRequestOf(settings, press).seed).toBe(seed);
    }
  });

  it('can be fixed to what was drawn: the link with the seed that was told draws it again', () => {
    const settings = settingsOf('dataset=digits&seed=9');
    const drawn = sampleRequestOf(settings, 4);
    const url = printSettings({ ...settings, sampleSeed: drawn.seed }, new URL('http://x/'));
    expect(sampleRequestOf(settingsOf(url.search), 1)).toEqual(drawn);
    // Fixed to 7 it stands in the link too: 7 is no default any more.
    const seven = printSettings({ ...settings, sampleSeed: 7 }, new URL('http://x/'));
    expect(seven.searchParams.get('sampleSeed')).toBe('7');
  });

  it('is fresh where the address says so, or nothing', () => {
    for (const value of [null, 3, 0]) expect(noiseSeed.parse(noiseSeed.print(value))).toBe(value);
    expect(settingsOf('dataset=two').sampleSeed).toBeNull();
    expect(settingsOf('dataset=two&sampleSeed=fresh').sampleSeed).toBeNull();
    const { settings, problems } = parseSettings(new URLSearchParams('sampleSeed=often'));
    expect(settings.sampleSeed).toBeNull();
    expect(problems.join(' ')).toContain('or fresh');
  });
});
