import { describe, expect, it } from 'vitest';
import { factorise } from '../../src/lib/math/exact/factorise.ts';
import {
  type ExactDenoiser,
  finiteDenoiser,
  floorFactor,
} from '../../src/lib/math/exact/finite.ts';
import { finiteChannel } from '../../src/lib/math/exact/finiteChannel.ts';
import { finiteData } from '../../src/lib/math/exact/finiteData.ts';
import { mixtureDenoiser } from '../../src/lib/math/exact/mixture.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { diffuse } from '../../src/lib/math/process/forward.ts';
import { PREDICTION_KINDS, predictionTarget } from '../../src/lib/math/process/parameterization.ts';
import { makeSchedule, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { D2, D16, expectAbsolute, expectClose, expectDigits, expectRelative } from './helpers.ts';

const schedule = makeSchedule('cosine', 30);
const two = scheduleFromBetas([0.1, 0.2]);
const odd = {
  data: [
    [0.5, -1],
    [0.2, 0.9],
    [-0.7, 0],
  ],
  weights: [1, 2, 5],
};
const gaussians = [
  {
    weight: 1,
    mean: [1, 0],
    covariance: [
      [0.3, 0.1],
      [0.1, 0.2],
    ],
  },
  { weight: 2, mean: [-1, 0.5], covariance: [0.1, 0.4] },
  { weight: 1.5, mean: [0, -1], covariance: 0.05 },
];

describe('finite denoiser', () => {
  it('is the brute-force sum', () => {
    const denoiser = finiteDenoiser({ ...odd, schedule });
    for (const t of [1, 9, 20, 30]) {
      const xt = [0.3, 0.4];
      const [a, v] = [schedule.alphaBar[t], schedule.noiseVariance[t]];
      const likelihood = odd.data.map((row, i) => {
        const square = row.reduce((s, x, k) => s + (xt[k] - Math.sqrt(a) * x) ** 2, 0);
        return ((odd.weights[i] / 8) * Math.exp(-square / (2 * v))) / (2 * Math.PI * v);
      });
      const total = likelihood.reduce((p, q) => p + q, 0);
      const mean = [0, 1].map((k) =>
        odd.data.reduce((s, row, i) => s + (likelihood[i] / total) * row[k], 0),
      );
      expectClose(denoiser.posteriorMean(xt, t), mean, 1e-12);
      expectClose(
        denoiser.posteriorWeights(xt, t),
        likelihood.map((l) => l / total),
        1e-12,
      );
      if (total > 0) expectAbsolute(denoiser.logDensity(xt, t), Math.log(total), 1e-10);
    }
  });

  it('is tanh on D16 and along the line on D2', () => {
    const mean16 = finiteDenoiser({ data: D16, schedule: two }).posteriorMean(
      [0.25, -0.25, 1, 0],
      2,
    );
    expectDigits(mean16[0], '0.639669650');
    expectAbsolute(mean16[3], 0, 1e-15);
    const x = [0.3, 0.1, -0.2, 0.5];
    const along = x[0] - x[1] - x[2] + x[3];
    const expected = Math.tanh((Math.sqrt(0.72) * along) / 0.28);
    const mean2 = finiteDenoiser({ data: D2, schedule: two }).posteriorMean(x, 2);
    expectClose(
      mean2,
      D2[0].map((a) => a * expected),
      1e-13,
    );
  });

  it('takes equal images and impossible ones in its stride', () => {
    const once = finiteDenoiser({ data: [[1], [-1]], weights: [2, 1], schedule });
    const listed = finiteDenoiser({ data: [[1], [-1], [1], [7]], weights: [1, 1, 1, 0], schedule });
    expectClose(listed.posteriorMean([0.2], 9), once.posteriorMean([0.2], 9), 1e-14);
    expectRelative(listed.mmse(9), once.mmse(9), 1e-13);
    const [one, other, again, never] = listed.posteriorWeights([0.2], 9);
    expectRelative(again, one, 1e-15);
    expectRelative(one + again, once.posteriorWeights([0.2], 9)[0], 1e-14);
    expect([other > 0, never]).toEqual([true, 0]);
  });

  it('says what is wrong with the data', () => {
    expect(() => finiteDenoiser({ data: [], schedule })).toThrow(/at least one image/);
    expect(() => finiteDenoiser({ data: [[1], [1, 2]], schedule })).toThrow(/all of one length/);
    expect(() => finiteDenoiser({ data: [[Number.NaN]], schedule })).toThrow(/finite pixel values/);
    expect(() => finiteDenoiser({ data: [[1]], weights: [-1], schedule })).toThrow(/Weights/);
    expect(() => finiteDenoiser({ data: [[1]], weights: [1, 2], schedule })).toThrow(/Weights/);
    expect(() => finiteDenoiser({ data: [[1]], schedule }).posteriorMean([0], 0)).toThrow(/Time/);
  });
});

describe('both denoisers', () => {
  const cases: [string, ExactDenoiser][] = [
    ['finite', finiteDenoiser({ ...odd, schedule })],
    ['mixture', mixtureDenoiser({ components: gaussians, schedule })],
  ];
  it.each(cases)('%s: the score is the slope of log q(x_t)', (_, denoiser) => {
    for (const t of [2, 8, 15, 30]) {
      for (const xt of [
        [0.2, -0.3],
        [1.5, 0.5],
        [-0.6, 0.1],
      ]) {
        const h = 1e-4 * Math.sqrt(schedule.noiseVariance[t]);
        const slope = [0, 1].map((k) => {
          const at = (sign: number) =>
            denoiser.logDensity(
              xt.map((v, i) => (i === k ? v + sign * h : v)),
              t,
            );
          return (at(1) - at(-1)) / (2 * h);
        });
        const score = denoiser.score(xt, t);
        const scale = Math.max(1, ...slope.map(Math.abs));
        for (const k of [0, 1]) expectAbsolute(score[k], slope[k], 1e-5 * scale);
      }
    }
  });

  it.each(cases)(
    '%s: its error reaches the floor for every kind (6,000 draws, 5 standard errors)',
    (_, denoiser) => {
      const rng = createRng('floor');
      const t = 14;
      const n = 6000;
      for (const kind of PREDICTION_KINDS) {
        let [sum, square] = [0, 0];
        for (let i = 0; i < n; i++) {
          const x0 = denoiser === cases[0][1] ? draw(odd, rng.uniform()) : drawGaussian(rng);
          const noise = rng.fillNormal(new Float64Array(2));
          const xt = diffuse(x0, t, schedule, noise);
          const predicted = denoiser.predict(kind)(xt, t);
          const target = predictionTarget(kind, x0, noise, t, schedule);
          const error = target.reduce((s, v, k) => s + (v - predicted[k]) ** 2, 0);
          sum += error / n;
          square += error ** 2 / n;
        }
        const own = denoiser.mmseEstimate(t).standardError * floorFactor(kind, t, schedule);
        const bound = 5 * Math.hypot(Math.sqrt((square - sum ** 2) / n), own);
        expectAbsolute(sum, denoiser.lossFloor(t, kind), bound);
      }
    },
  );
});

function draw({ data, weights }: typeof odd, u: number): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  let index = 0;
  for (let rest = u * total - weights[0]; rest >= 0; rest -= weights[index]) index++;
  return data[index];
}

function drawGaussian(rng: ReturnType<typeof createRng>): number[] {
  const u = rng.uniform() * 4.5;
  const [k, z, w] = [u < 1 ? 0 : u < 3 ? 1 : 2, rng.normal(), rng.normal()];
  const { mean } = gaussians[k];
  // Cholesky factors of the three covariances, written out.
  if (k === 0) {
    const [a, b] = [Math.sqrt(0.3), 0.1 / Math.sqrt(0.3)];
    return [mean[0] + a * z, mean[1] + b * z + Math.sqrt(0.2 - b * b) * w];
  }
  const [s, r] = k === 1 ? [Math.sqrt(0.1), Math.sqrt(0.4)] : [Math.sqrt(0.05), Math.sqrt(0.05)];
  return [mean[0] + s * z, mean[1] + r * w];
}

describe('what is of another shape is refused', () => {
  it('a noisy image of other pixels', () => {
    for (const denoiser of [
      finiteDenoiser({ ...odd, schedule }),
      mixtureDenoiser({ components: gaussians, schedule }),
    ]) {
      const message = /Noisy image: expected 2 pixels, as the data have; found [13]/;
      expect(() => denoiser.posteriorMean([0.2], 3)).toThrow(message);
      expect(() => denoiser.logDensity([0.2, 1, 3], 3)).toThrow(message);
    }
  });

  it('components of unequal length', () => {
    const components = [gaussians[0], { weight: 1, mean: [0], covariance: 1 }];
    expect(() => mixtureDenoiser({ components, schedule })).toThrow(/found lengths 2,1/);
  });

  it('weights that are none, in a channel as in a data set', () => {
    for (const weights of [[1], [1, 2, 3, 4], [1, -1, 2], [0, 0, 0], [Number.NaN, 1, 1]]) {
      expect(() => finiteChannel(odd.data, weights)).toThrow(/Weights: expected 3 non-negative/);
      expect(() => finiteData(odd.data, weights)).toThrow(/Weights: expected 3 non-negative/);
    }
  });
});

describe('mixture denoiser', () => {
  it('with zero covariances is the finite one', () => {
    const components = odd.data.map((mean, i) => ({ mean, covariance: 0, weight: odd.weights[i] }));
    const [a, b] = [
      mixtureDenoiser({ components, schedule }),
      finiteDenoiser({ ...odd, schedule }),
    ];
    for (const t of [3, 20]) {
      expectClose(a.posteriorMean([0.1, 0.2], t), b.posteriorMean([0.1, 0.2], t), 1e-12);
      expectAbsolute(a.logDensity([0.1, 0.2], t), b.logDensity([0.1, 0.2], t), 1e-11);
    }
  });
  it('mmse on a line by quadrature is the finite one’s as the components shrink', () => {
    const components = [-1, 1].map((m) => ({ mean: [m], covariance: 0, weight: 1 }));
    const a = mixtureDenoiser({ components, schedule });
    const b = finiteDenoiser({ data: [[-1], [1]], schedule });
    for (const t of [8, 15, 29]) expectRelative(a.mmse(t), b.mmse(t), 1e-9);
  });
  it('one Gaussian: a Wiener filter', () => {
    const d = mixtureDenoiser({
      components: [{ weight: 3, mean: [2], covariance: 0.5 }],
      schedule,
    });
    const t = 12;
    const [a, v] = [schedule.alphaBar[t], schedule.noiseVariance[t]];
    const gain = (Math.sqrt(a) * 0.5) / (a * 0.5 + v);
    expectClose(d.posteriorMean([0.3], t), [2 + gain * (0.3 - Math.sqrt(a) * 2)], 1e-13);
    expectRelative(d.mmse(t), (0.5 * v) / (a * 0.5 + v), 1e-13);
  });
  it('refuses a covariance that is none', () => {
    const bad = [
      {
        weight: 1,
        mean: [0, 0],
        covariance: [
          [1, 2],
          [2, 1],
        ],
      },
    ];
    expect(() => mixtureDenoiser({ components: bad, schedule })).toThrow(/negative variance/);
  });
});

describe('structure of a data set', () => {
  const shape = (data: number[][], weights?: number[]) =>
    factorise(finiteData(data, weights)).map((f) => [f.pixels.length, f.values.length, f.rank]);
  it('D16 is four coins, with weights that multiply too', () => {
    expect(shape(D16)).toEqual(Array(4).fill([1, 2, 1]));
    const p = [0.3, 0.9, 0.5, 0.6];
    const weights = D16.map((x) => x.reduce((w: number, v, k) => w * (v > 0 ? p[k] : 1 - p[k]), 1));
    expect(shape(D16, weights)).toEqual(Array(4).fill([1, 2, 1]));
    weights[3] += 0.01;
    expect(shape(D16, weights).length).toBeLessThan(4);
  });
  it('any two images are on a line, and points on one are found', () => {
    expect(
      shape([
        [0.1, 0.7, 3],
        [2, -1, 0.4],
      ]),
    ).toEqual([[3, 2, 1]]);
    expect(
      shape([
        [0, 1],
        [1, 3],
        [3, 7],
        [-1, -1],
      ]),
    ).toEqual([[2, 4, 1]]);
  });
  it('keeps constant pixels apart and an exclusive or together', () => {
    expect(
      shape([
        [1, 0.5],
        [-1, 0.5],
      ]),
    ).toEqual([
      [1, 2, 1],
      [1, 1, 0],
    ]);
    expect(
      shape([
        [1, 1, 1],
        [1, -1, -1],
        [-1, 1, -1],
        [-1, -1, 1],
      ]),
    ).toEqual([[3, 4, 3]]);
  });
  it('coordinates keep all distances', () => {
    const data = [
      [1, 0, 2],
      [0, 1, -1],
      [3, 1, 1],
      [0.5, 0.2, 0],
    ];
    const [factor] = factorise(finiteData(data));
    const distance = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      Math.hypot(...Array.from(a, (v, k) => v - b[k]));
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < i; j++) {
        expectRelative(
          distance(factor.points[i], factor.points[j]),
          distance(data[i], data[j]),
          1e-12,
        );
      }
    }
  });
});
