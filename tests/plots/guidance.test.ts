/** What the page shows of the laws of guidance. */
import { describe, expect, it } from 'vitest';
import { trapezoid } from '../../src/lib/math/numerics/quadrature.ts';
import {
  BELLS,
  bellEnds,
  POINTS,
  pointEnds,
  tiltedBells,
} from '../../src/lib/plots/sampling/guidance.ts';
import { bellsPlot, pointsPlot } from '../../src/lib/plots/sampling/guidancePlot.ts';
import { computeGuidance } from '../../src/lib/worker/exact/guidance.ts';
import { expectAbsolute } from '../math/helpers.ts';

const axes = { value: '', density: '', share: '', own: '', tilted: '', ends: '' };

describe('two bells', () => {
  it('all laws are the class’s own at g = 1', () => {
    const { ends, tilted, curve } = bellEnds(1);
    for (const { mean, deviation } of [ends, tilted]) {
      // The solver's tolerance of 1e-5.
      expectAbsolute(mean, BELLS.means[1], 1e-4);
      expectAbsolute(deviation, 0.5, 1e-4);
    }
    for (const { x, y } of curve) expectAbsolute(y, tiltedBells(1).density(x), 1e-4);
  });

  it('the curve that is drawn has the ends’ mean and all of their probability', () => {
    for (const g of [0, 2, 8]) {
      const { curve, ends } = bellEnds(g);
      const sum = (f: (x: number) => number) =>
        curve
          .slice(1)
          .reduce(
            (total, { x, y }, i) =>
              total + ((x - curve[i].x) * (f(x) * y + f(curve[i].x) * curve[i].y)) / 2,
            0,
          );
      // Straight lines between 129 points, which are sparse at the watershed.
      expectAbsolute(
        sum(() => 1),
        1,
        0.01,
      );
      expectAbsolute(
        sum((x) => x),
        ends.mean,
        0.02,
      );
    }
  });

  it('fit the plot from one end of the dial to the other, and can be drawn before they are there', () => {
    for (const g of [0, 1, 8]) {
      const { y } = bellsPlot(g, null, axes);
      const [, top] = (y as { domain: [number, number] }).domain;
      expect(Math.max(...bellEnds(g).curve.map((point) => point.y))).toBeLessThan(top);
      expect(trapezoid(tiltedBells(g).density, -5, 6, 200)).toBeCloseTo(1, 9);
    }
    expect(pointsPlot(null, axes).marks?.length).toBeGreaterThan(0);
  });
});

describe('four points', () => {
  it('are as likely as their weights say at g = 0 and 1, and beyond the outer one wins', () => {
    const shares = [0, 1, 2].map((g) => pointEnds(g));
    for (const k of POINTS.keys()) {
      expectAbsolute(shares[0].ends[k], shares[0].tilted[k], 1e-3);
      expectAbsolute(shares[1].ends[k], shares[1].tilted[k], 1e-3);
    }
    expect(shares[2].tilted).toEqual([0, 0, 0.5, 0.5]);
    expect(shares[2].ends[2]).toBeLessThan(0.25);
    expectAbsolute(
      shares[2].ends.reduce((sum, share) => sum + share, 0),
      1,
      1e-12,
    );
  });
});

it('the worker answers what was asked, and no more', () => {
  expect(Object.keys(computeGuidance({ kind: 'bells', g: 1 }))).toEqual(['bells']);
  expect(computeGuidance({ kind: 'points', g: 1 }).points?.ends).toHaveLength(4);
});
