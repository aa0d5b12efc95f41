import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CellOutput } from '../../src/lib/worker/cells/protocol.ts';
import { runCell } from '../../src/lib/worker/cells/run.ts';

/**
 * What each cell shows as it stands, against laws and closed forms that are written here anew. Averages over draws may be
 * five of their standard errors away; the draws are seeded.
 */
type Row = Record<string, string | number>;
const shown: Record<string, { rows: Row[]; lines: string[]; outputs: CellOutput[] }> = {};

/** The numbers of a printed line. */
const numbers = (line: string) =>
  [...line.matchAll(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g)].map(([n]) => Number(n));
const lineWith = (name: string, start: string) =>
  numbers(shown[name].lines.find((line) => line.startsWith(start))!.slice(start.length));
const by = (name: string, key: string, value: string) =>
  shown[name].rows.find((row) => row[key] === value)!;

const names = readdirSync('content/cells').map((file) => file.replace('.ts', ''));

beforeAll(async () => {
  for (const name of names) {
    const outputs: CellOutput[] = [];
    await runCell(readFileSync(`content/cells/${name}.ts`, 'utf8'), (o) => outputs.push(o));
    shown[name] = {
      outputs,
      lines: outputs.flatMap((o) => (o.kind === 'text' ? [o.text] : [])),
      rows: outputs.flatMap((o) =>
        o.kind === 'table'
          ? o.rows.map((row) => Object.fromEntries(row.map((item, i) => [o.columns[i], item])))
          : [],
      ),
    };
  }
});

describe('every cell as it stands', () => {
  /** The only quantities of the book's cells that may be below zero; 'from': where a noise ends. */
  const SIGNED = /mean|correlation|learned|best|^from /;
  it.each(names)('%s shows no number below zero but means and correlations', (name) => {
    for (const row of shown[name].rows)
      for (const [column, value] of Object.entries(row))
        if (!SIGNED.test(column) && value !== '' && !Number.isNaN(Number(value)))
          expect(Number(value), `${name}: ${column}`).toBeGreaterThanOrEqual(0);
    for (const line of shown[name].lines)
      if (!/correlation|pixels with/.test(line))
        for (const value of numbers(line.replace(/−/g, '-')))
          expect(value, line).toBeGreaterThanOrEqual(0);
  });
  it.each(names)('%s shows no rounding error as if it were a number', (name) => {
    for (const row of shown[name].rows)
      for (const [column, value] of Object.entries(row))
        if (typeof value === 'number' && value !== 0)
          expect(Math.abs(value), `${name}: ${column}`).toBeGreaterThan(1e-12);
  });
});

describe('each cell answers what it asks', () => {
  it('prior-term: both ways agree, on a divergence that is well above their error', () => {
    const [drawing, formula] = ['drawing', 'the formula'].map((way) =>
      Number(by('prior-term', 'by', way).nats),
    );
    // ½(m² + v − 1 − log v) for each pixel, with m² = ᾱ = 0.72 and v = 0.28.
    expect(formula).toBeCloseTo(4 * 0.5 * (0.72 + 0.28 - 1 - Math.log(0.28)), 12);
    const [error] = lineWith('prior-term', 'Standard error of the drawing:');
    // Each pixel's log ratio is ½z²(v − 1) + σ√ᾱ z and a constant: variance ½(1 − v)² + ᾱv.
    expect(error).toBeCloseTo(Math.sqrt((4 * (0.5 * 0.72 ** 2 + 0.72 * 0.28)) / 50_000), 4);
    expect(Math.abs(drawing - formula)).toBeLessThan(5 * error);
    expect(formula).toBeGreaterThan(100 * error);
    expect(lineWith('prior-term', 'In bits, by the formula:')[0]).toBeCloseTo(
      formula / Math.log(2),
      6,
    );
  });
  it('bayes-by-sums: adding up is the formula, to the square of the grid', () => {
    const [sum, formula] = shown['bayes-by-sums'].rows;
    expect(sum.mean).toBeCloseTo(Number(formula.mean), 6);
    expect(sum.variance).toBeCloseTo(Number(formula.variance), 6);
  });
  it('best-betas: what is found is better than the example and above the floor of ¼ bit', () => {
    const bits = ['the example', 'found', 'the floor'].map((schedule) =>
      Number(by('best-betas', 'schedule', schedule).bitsPerPixel),
    );
    expect(bits[0]).toBeGreaterThan(bits[1]);
    expect(bits[1]).toBeGreaterThan(bits[2]);
    expect(bits[2]).toBe(0.25);
  });
  it('break-the-sampler: the right program ends on an image, one that never hears t does not', () => {
    const distance = (program: string) =>
      Number(by('break-the-sampler', 'program', program)['squared distance to the nearest image']);
    expect(distance('right')).toBe(0);
    expect(distance('noise too small by 5 %')).toBeGreaterThan(0);
    expect(distance('t never told')).toBeGreaterThan(1);
  });
  it('fewer-steps: ten steps suffice, five leave some chains between, one draws grey', () => {
    const at = (steps: number) => shown['fewer-steps'].rows.find((row) => row.steps === steps)!;
    for (const column of ['% between', '% between, DDIM']) {
      for (const steps of [20, 10]) expect(at(steps)[column]).toBe(0);
      // 0.3 to 0.4 % of many chains; of 1000, five standard deviations around 3.5 are 0 to 13.
      expect(at(5)[column]).toBeGreaterThan(0);
      expect(at(5)[column]).toBeLessThan(1.3);
      expect(at(1)[column]).toBe(100);
    }
    // Grey is at distance 1 from each of four pixels.
    expect(Number(at(1)['ancestral: distance²'])).toBeCloseTo(4, 1);
  });
  it('forgetting: past and future are correlated by √((1−β₁)(1−β₂)), and not once the present is known', () => {
    const [drawn] = lineWith('forgetting', 'past and future, correlation:');
    expect(Math.abs(drawn - Math.sqrt(0.72))).toBeLessThan((5 * (1 - 0.72)) / Math.sqrt(50_000));
    expect(lineWith('forgetting', '  theory:')[0]).toBeCloseTo(Math.sqrt(0.72), 8);
    const among = lineWith('forgetting', 'the same among the ');
    const known = among[0];
    expect(Math.abs(among.at(-1)!)).toBeLessThan(5 / Math.sqrt(known));
  });
  it('inception-score: 3, 1 and 1', () => {
    const scores = shown['inception-score'].rows.map(({ score }) => Number(score));
    for (const [i, score] of [3, 1, 1].entries()) expect(scores[i]).toBeCloseTo(score, 12);
  });
  it('one-number-denoiser: each weight comes near √(1 − ᾱ_t)', () => {
    // Its last rate is 0.05/11, and gradient descent of rate r hovers around the best by √(r/2) of the gradient's noise.
    const hover = Math.sqrt(0.05 / 11 / 2);
    for (const { learned, best } of shown['one-number-denoiser'].rows)
      expect(Math.abs(Number(learned) - Number(best))).toBeLessThan(5 * hover);
  });
  it('parameters: a block has 9·in·out + 9·out² weights, and in·out where the channels change', () => {
    let sum = 0;
    for (const { size, input, output, weights, multiplyAdds } of shown.parameters.rows as Record<
      string,
      number
    >[]) {
      const change = input === output ? 0 : input * output;
      expect(weights).toBe(9 * (input + output) * output + change);
      expect(multiplyAdds).toBe(size ** 2 * weights);
      sum += multiplyAdds;
    }
    expect(lineWith('parameters', 'million multiply–adds for one image:')[0]).toBeCloseTo(
      sum / 1e6,
      6,
    );
  });
  it('same-loss: 0.1 in ε is 0.1 √((1−ᾱ)/ᾱ) in x₀ and 0.1/√ᾱ in v', () => {
    const f = (t: number) => Math.cos((((t / 1000 + 0.008) / 1.008) * Math.PI) / 2) ** 2;
    for (const { t, epsilon, x0, v } of shown['same-loss'].rows as Record<string, number>[]) {
      const alphaBar = f(t) / f(0);
      expect(epsilon).toBeCloseTo(0.1, 12);
      expect(x0).toBeCloseTo(0.1 * Math.sqrt((1 - alphaBar) / alphaBar), 8);
      expect(v).toBeCloseTo(0.1 / Math.sqrt(alphaBar), 8);
    }
  });
  it('schedule: ᾱ falls from 1 to the product of the 1 − β', () => {
    let product = 1;
    for (let i = 0; i < 100; i++) product *= 1 - (0.002 + 0.1 * (i / 100) ** 2);
    expect(lineWith('schedule', 'ᾱ at the end, yours:')[0]).toBeCloseTo(product, 8);
    const chart = shown.schedule.outputs.find((output) => output.kind === 'chart')!.chart;
    for (const { data } of chart.marks) {
      const values = (data as { alphaBar: number }[]).map(({ alphaBar }) => alphaBar);
      expect(values[0]).toBe(1);
      for (let t = 1; t < values.length; t++) expect(values[t]).toBeLessThan(values[t - 1]);
    }
  });
  it('two-diffusions: with the pull the variance stays at 1', () => {
    const [end] = lineWith('two-diffusions', 'variance at the end:');
    expect(Math.abs(end - 1)).toBeLessThan(5 * Math.sqrt(2 / 2000));
  });
});
