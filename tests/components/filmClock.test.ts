/** The film's moments stand close where the network learns most, and stay within their budget. */
import { describe, expect, it } from 'vitest';
import { createFilmClock, nextMilestone } from '../../src/components/trainer/filmClock.ts';

/** A run of `length` seconds whose steps and moments take these seconds: the steps of its moments, and its film's share in time. */
function simulate(perStep: number, cost: number, length: number) {
  const clock = createFilmClock();
  const moments: number[] = [];
  const shares: { seconds: number; share: number }[] = [];
  let seconds = 0;
  let spent = 0;
  for (let step = 1; seconds < length; step++) {
    seconds += perStep;
    if (clock.due(step, seconds)) {
      moments.push(step);
      seconds += cost;
      spent += cost;
      clock.taken(step, cost);
    }
    shares.push({ seconds, share: spent / seconds });
  }
  return { moments, shares };
}

const SPEEDS = [0.002, 0.01, 0.04, 0.1, 1];
const COSTS = [0.01, 0.05, 0.1, 0.3, 0.6];

describe('the moments of the film', () => {
  it('stand at steps in geometric order while the network is young', () => {
    const { moments } = simulate(0.04, 0.1, 30);
    expect(moments.slice(0, 7)).toEqual([1, 2, 4, 8, 16, 32, 64]);
    expect(simulate(0.01, 0.03, 30).moments.slice(0, 9)).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256,
    ]);
  });

  it('show the mush on a slow machine too: four within the first 100 steps, eight within a minute', () => {
    const { moments } = simulate(0.1, 0.35, 60);
    expect(moments.filter((step) => step <= 100).length).toBeGreaterThanOrEqual(4);
    expect(moments.length).toBeGreaterThanOrEqual(8);
  });

  it('cost at most a tenth of the time from 30 s on, whatever they and the steps cost', () => {
    for (const perStep of SPEEDS)
      for (const cost of COSTS) {
        const later = simulate(perStep, cost, 120).shares.filter(({ seconds }) => seconds >= 30);
        const most = later.reduce((worst, { share }) => Math.max(worst, share), 0);
        expect(most, `${perStep}, ${cost}`).toBeLessThanOrEqual(0.1);
      }
  });

  it('come every few seconds later on, where they are cheap', () => {
    const { moments } = simulate(0.04, 0.1, 120);
    for (const [i, step] of moments.slice(1).entries())
      expect((step - moments[i]) * 0.04).toBeLessThan(5);
  });

  it('begin anew with another run', () => {
    const clock = createFilmClock();
    expect(clock.due(500, 100)).toBe(true);
    clock.taken(500, 0.1);
    expect(clock.due(501, 100.1)).toBe(false);
    clock.restart();
    expect(clock.due(1, 0.1)).toBe(true);
    clock.taken(1, 0.1);
    expect(clock.due(1, 0.15)).toBe(false);
    expect(clock.due(2, 0.2)).toBe(true);
  });

  it('follow milestones in the ratio of two', () => {
    const found: number[] = [];
    for (let at = 0; found.length < 8; at = found[found.length - 1]) found.push(nextMilestone(at));
    expect(found).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
    expect([nextMilestone(500), nextMilestone(1500)]).toEqual([512, 2048]);
  });
});
