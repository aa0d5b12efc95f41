/** The smoothed loss that the worker tells and the one that the page draws are the same number. */
import { describe, expect, it } from 'vitest';
import { createLossHistory } from '../../src/components/trainer/lossHistory.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { lossCurve } from '../../src/lib/plots/lab/loss.ts';
import { createMeter } from '../../src/lib/worker/meter.ts';

/** A loss that plunges from 1 to 0.1 within some dozen steps, and is as rough as a batch's. */
const lossOf = (seed: number) => {
  const rng = createRng(seed);
  return (step: number) => (0.1 + 0.9 * Math.exp(-step / 20)) * (0.8 + 0.4 * rng.uniform());
};

describe('the smoothed loss', () => {
  it('is the same in the outputs and in the curve, step by step and after a run was restored', () => {
    const loss = lossOf(1);
    let meter = createMeter();
    let history = createLossHistory();
    const go = (from: number, to: number) => {
      for (let step = from; step <= to; step++) {
        meter.add({ step, loss: loss(step), scalars: {} }, 0.01);
        const { steps, losses } = meter.takeLosses();
        history.append(steps, losses);
        // The page has the losses as float32.
        expect(history.smoothed, `step ${step}`).toBeCloseTo(meter.smoothed(), 6);
      }
    };
    go(1, 5000);
    const kept = meter.history();
    expect(kept.steps.length).toBeLessThan(2001);
    meter = createMeter(kept);
    history = createLossHistory();
    history.append(kept.steps, kept.losses);
    expect(meter.smoothed()).toBeCloseTo(history.smoothed, 6);
    go(5001, 5300);
  });

  it('says what the batches have, not what the first plunge had', () => {
    const loss = lossOf(2);
    const meter = createMeter();
    for (let step = 1; step <= 160; step++)
      meter.add({ step, loss: loss(step), scalars: {} }, 0.01);
    // The level is 0.1, and e^(−120/20) of the plunge is left where the window begins; the mean of 40 batches is sure to ±6 %.
    expect(meter.smoothed()).toBeGreaterThan(0.09);
    expect(meter.smoothed()).toBeLessThan(0.11);
  });

  it('starts inside its chart', () => {
    const loss = lossOf(3);
    const history = createLossHistory();
    for (let step = 1; step <= 700; step++) history.append([step], [loss(step)]);
    const bins = history.points(320);
    for (const log of [false, true]) {
      const [bottom, top] = lossCurve(bins, { log }).y.domain;
      for (const { smoothed } of bins) {
        expect(smoothed).toBeLessThan(top);
        expect(smoothed).toBeGreaterThan(bottom);
      }
    }
  });
});
