/** The adaptive solver against equations with known solutions. */
import { describe, expect, it } from 'vitest';
import { solveOde } from '../../src/lib/math/numerics/ode.ts';
import { expectAbsolute, expectClose } from './helpers.ts';

/** A pendulum of small swings: (cos t, −sin t). */
const swing = (_: number, [x, v]: Float64Array) => [v, -x];

describe('solveOde', () => {
  it.each([1e-5, 1e-8, 1e-11])('keeps its tolerance over ten periods: %s', (tolerance) => {
    const options = { absolute: tolerance, relative: tolerance };
    const times = [0, 1, 7, 20 * Math.PI];
    const states = solveOde(swing, [1, 0], times, options);
    // Errors of all steps add up, and there are fewer of them than a hundred in each unit of time even at the last tolerance.
    states.forEach((state, i) => {
      expectClose(state, [Math.cos(times[i]), -Math.sin(times[i])], 100 * times[i] * tolerance);
    });
  });

  it('a hundredfold smaller tolerance takes 100^(1/5) = 2.5 times the steps', () => {
    const evaluations = (tolerance: number) => {
      let count = 0;
      const counted = (t: number, y: Float64Array) => {
        count++;
        return swing(t, y);
      };
      solveOde(counted, [1, 0], [0, 60], { absolute: tolerance, relative: tolerance });
      return count;
    };
    const [few, more, most] = [1e-6, 1e-8, 1e-10].map(evaluations);
    for (const ratio of [more / few, most / more]) expectAbsolute(ratio, 100 ** 0.2, 0.15);
  });

  it('goes back where it came from, and stays where it is', () => {
    const rate = (t: number, [y]: Float64Array) => [Math.cos(3 * t) * y - y ** 3];
    const [, there, same, back] = solveOde(rate, [0.8], [0, 2, 2, 0]);
    expect(same).toEqual(there);
    // The way back pulls errors apart by at most e^{∫3y² + 1} < e^8 of the tolerance of 1e-9 for each of some 50 steps.
    expectAbsolute(back[0], 0.8, 1e-4);
    expectAbsolute(back[0], 0.8, 50 * 3000 * 1e-9);
  });

  it('finds steps for rates that differ by a million', () => {
    const rate = (t: number, [y]: Float64Array) => [1e-3 * (1 + 1e6 * Math.exp(-1e3 * t)) * y];
    const exact = (t: number) => Math.exp(1e-3 * t - Math.expm1(-1e3 * t));
    const times = [0, 1e-4, 1, 50];
    solveOde(rate, [1], times).forEach(([y], i) => {
      expectAbsolute(y, exact(times[i]), 1e-7);
    });
  });

  it('refuses what no step can follow', () => {
    const blowUp = (_: number, [y]: Float64Array) => [y * y];
    expect(() => solveOde(blowUp, [1], [0, 2])).toThrow(/ODE: expected a rate that is smooth/);
    expect(() => solveOde(() => [Number.NaN], [1], [0, 1])).toThrow(/ODE: expected a rate/);
  });
});
