import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { finiteDenoiser } from '../../src/lib/math/exact/finite.ts';
import { bisect } from '../../src/lib/math/numerics/quadrature.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { normalCdf } from '../../src/lib/math/numerics/special.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { sample } from '../../src/lib/math/samplers/sample.ts';
import { cellTable } from '../../src/markdown/cellTable.ts';

/**
 * {a, −a} lies on the line along a/2, at ±2, and DDIM moves a chain along it without chance: where it ends rises with
 * where its noise began. So the share that ends between the pictures is P(|z| < the start that ends a tenth short of 2).
 */
function shareBetween(steps: number): number {
  const schedule = makeSchedule('cosine', 200);
  const denoiser = finiteDenoiser({ data: [[2], [-2]], schedule }).predict('epsilon');
  const end = (z: number) => {
    const xT = Float64Array.of(z);
    const rng = createRng(0);
    let x: ArrayLike<number> = xT;
    const chain = sample({
      schedule,
      denoiser,
      prediction: 'epsilon',
      xT,
      rng,
      steps,
      sampler: 'ddim',
      eta: 0,
    });
    for (const state of chain) x = state.x;
    return x[0];
  };
  const edge = bisect((z) => end(z) - 1.9, 0, 9);
  return 2 * normalCdf(edge) - 1;
}

const rows = await cellTable('fewer-steps');

describe('how few steps are enough', () => {
  const row = (steps: number) => rows.find((r) => r.steps === steps)!;

  it('counts the chains that end between the pictures, as often as theory says', () => {
    for (const steps of [5, 2]) {
      const p = shareBetween(steps);
      // 1,000 chains, and four of their standard deviations.
      const error = 4 * Math.sqrt((p * (1 - p)) / 1000);
      expect(Math.abs(row(steps)['% between, DDIM'] / 100 - p), `${steps}`).toBeLessThan(error);
    }
  });

  it('does not call five steps enough: some chains in a thousand are lost, and at ten one in a hundred thousand', () => {
    expect(shareBetween(5)).toBeGreaterThan(0.003);
    expect(row(5)['% between']).toBeGreaterThan(0);
    expect(shareBetween(10)).toBeLessThan(2e-5);
    const numbers = readFileSync('content/numbers/sampling.ts', 'utf8');
    expect(numbers).toContain("cellTable('fewer-steps')");
    const text = readFileSync('content/en/06-sampling.mdx', 'utf8');
    expect(text).toContain("numbers/sampling.ts'");
    expect(text).not.toMatch(/five steps are plenty/);
  });
});
