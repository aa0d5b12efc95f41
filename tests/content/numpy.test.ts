/** The NumPy beside the TypeScript of each named formula: the same numbers, on random inputs. */
import { spawnSync } from 'node:child_process';
import { setBackend, tensor, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { formulas } from '../../content/formulas.ts';
import { gaussianTerm } from '../../src/lib/math/bound/elbo.ts';
import { bestVariance, interpolatedVariance } from '../../src/lib/math/bound/learnedVariance.ts';
import { boundByMarginals } from '../../src/lib/math/bound/marginalBound.ts';
import { priorParts } from '../../src/lib/math/bound/priorParts.ts';
import { coupledFlow } from '../../src/lib/math/exact/coupling.ts';
import { finiteDenoiser, floorFactor } from '../../src/lib/math/exact/finite.ts';
import { entropy } from '../../src/lib/math/exact/finiteData.ts';
import { reverseKernel } from '../../src/lib/math/exact/reverse.ts';
import { heat } from '../../src/lib/math/mistakes/heat.ts';
import { klGaussian, klMixtures, normalPdf } from '../../src/lib/math/numerics/gaussian.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { vlbWeight } from '../../src/lib/math/objectives/bound.ts';
import { timeImportance } from '../../src/lib/math/objectives/timeImportance.ts';
import { diffuse, forwardStep } from '../../src/lib/math/process/forward.ts';
import { noiseShares } from '../../src/lib/math/process/noiseBudget.ts';
import { ornsteinUhlenbeck } from '../../src/lib/math/process/ou.ts';
import { conversionAt, PREDICTION_KINDS } from '../../src/lib/math/process/parameterization.ts';
import type { PathPoint } from '../../src/lib/math/process/path.ts';
import { posterior } from '../../src/lib/math/process/posterior.ts';
import { preconditioning } from '../../src/lib/math/process/preconditioning.ts';
import { logSnr, scheduleFromBetas } from '../../src/lib/math/process/schedule.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { timeFeatures } from '../../src/lib/math/process/timeFeatures.ts';
import { ddimStep } from '../../src/lib/math/samplers/ddim.ts';
import { ancestralStep } from '../../src/lib/math/samplers/ddpm.ts';
import { karrasGrid } from '../../src/lib/math/samplers/grids.ts';
import { straightness } from '../../src/lib/math/samplers/straightness.ts';
import { emaDecayAt } from '../../src/lib/tensor/adam.ts';
import { weightedMse } from '../../src/lib/tensor/ops/weightedMse.ts';
import { guidedPrediction } from '../../src/lib/tensor/recipes/diffusion/sample.ts';
import { pythonName, pythonOf } from '../../src/markdown/pythonOf.ts';

const python = spawnSync('python3', ['-c', 'import numpy']).status === 0;
if (!python) console.warn('python3 with numpy is not there: the NumPy of the formulas is not run.');

type Numbers = number | ArrayLike<number> | Numbers[];
/** Every number of nested lists, in order; what JSON cannot say is null. */
const flat = (value: Numbers): (number | null)[] =>
  typeof value === 'number'
    ? [Number.isFinite(value) ? value : null]
    : Array.from(value as ArrayLike<Numbers>).flatMap(flat);

const rng = createRng(2026);
const between = (low: number, high: number) => low + (high - low) * rng.uniform();
const whole = (low: number, high: number) => Math.floor(between(low, high + 1));
const some = (n: number, draw: () => number) => Array.from({ length: n }, draw);
const normals = (n: number) => some(n, () => rng.normal());
const shares = (n: number) => {
  const parts = some(n, () => between(0.1, 1));
  const sum = parts.reduce((a, b) => a + b);
  return parts.map((part) => part / sum);
};

/** One random call of each formula: what Python is given, what ours says, and how closely they must agree. */
interface Call {
  args: unknown[];
  ours: Numbers;
  /** Relative, or absolute below 1. */
  within?: number;
}

function calls(): Record<string, Call> {
  const T = whole(3, 5);
  const schedule = scheduleFromBetas(some(T, () => between(0.01, 0.4)));
  const beta = Array.from(schedule.beta);
  const alphaBar = Array.from(schedule.alphaBar);
  const t = whole(2, T);
  const s = whole(0, t - 1);
  const [x, z] = [normals(3), normals(3)];
  const data = some(4, () => 0).map(() => normals(3));
  const weights = shares(4);
  const problem = { data, weights, schedule };
  const variance = between(0.01, 0.5);
  const [p, q] = [3, 2].map((n) => [shares(n), normals(n), some(n, () => between(0.1, 1))]);
  const mixture = ([w, means, variances]: number[][]) => ({ weights: w, means, variances });
  const pixel = some(3, () => between(-1, 1));
  const pixelWeights = shares(3);
  const line = { data: pixel.map((value) => [value]), weights: pixelWeights, schedule };
  const widths = beta.map(() => between(0.05, 0.3));
  const point = { signal: Math.sqrt(alphaBar[t]), noise: Math.sqrt(1 - alphaBar[t]) };
  const [from, to] = [0, 1].map(() => PREDICTION_KINDS[whole(0, PREDICTION_KINDS.length - 1)]);
  const image = normals(25);
  const kernel = reverseKernel(problem, x, t);
  const parts = priorParts(line);
  const account = boundByMarginals({ ...line, variance: widths, decoder: 'exact' });
  const kind = whole(0, 1) === 0 ? 'beta' : 'betaTilde';
  const ancestral = ancestralStep(schedule, t, s, kind);
  const eta = between(0, 1);
  const ddim = ddimStep(schedule, t, s, eta);
  const post = posterior(schedule, t, s);
  const conversion = conversionAt(from, to, point as PathPoint);
  const factors = preconditioning(point as PathPoint, variance);
  const rows = [normals(6), normals(6)];
  const loss = weightedMse(tensor(rows[0], [2, 3]), tensor(rows[1], [2, 3]), tensor1d([0.3, 2]));
  const zs = [...z];
  const at = straight().at(variance);
  const [ends, starts] = [0, 1].map(() => some(4, () => 0).map(() => normals(2)));
  const pairs = { x0: ends.flat(), noise: starts.flat(), weights, deviation: 0.5, dimension: 2 };
  // Ours are float32.
  const frames = Float32Array.from(normals(8));
  const times = [1, 0.7, 0.2, 0];
  const losses = some(4, () => 0).map(() => normals(3));
  const importance = timeImportance(losses, { uniform: 0.01 });
  return {
    normalPdf: { args: [x[0], z[0], variance], ours: normalPdf(x[0], z[0], variance) },
    forwardStep: { args: [x, t, beta, z], ours: forwardStep(x, t, schedule, z) },
    diffuse: { args: [x, t, alphaBar, z], ours: diffuse(x, t, schedule, z) },
    logSnr: { args: [alphaBar], ours: logSnr(schedule) },
    noiseShares: { args: [beta, t], ours: noiseShares(schedule, t) },
    posterior: {
      args: [beta, alphaBar, t, s],
      ours: [post.x0Coefficient, post.xtCoefficient, post.variance],
    },
    // Ours are float32.
    timeFeatures: { args: [[t, s], T, 8], ours: timeFeatures([t, s], T, 8), within: 1e-6 },
    ornsteinUhlenbeck: {
      args: [x, variance, z],
      ours: ornsteinUhlenbeck(x, variance, { ...rng, normal: () => zs.shift() as number }),
    },
    heat: {
      args: [[0, 1, 2, 3, 4].map((row) => image.slice(5 * row, 5 * row + 5)), variance],
      ours: heat(image, 5, variance),
    },
    straight: {
      args: [variance],
      ours: [at.signal, at.noise, at.signalRate, at.noiseRate],
    },
    coupledFlow: {
      args: [ends, starts, weights, 0.5, x.slice(0, 2), variance],
      ours: coupledFlow(pairs).velocity(x.slice(0, 2), variance),
    },
    straightness: {
      args: [times, [0, 1, 2, 3].map((k) => [...frames.subarray(2 * k, 2 * k + 2)])],
      ours: straightness({ times, frames }, 2),
    },
    entropy: { args: [weights], ours: entropy(weights) },
    finiteDenoiser: {
      args: [data, weights, alphaBar, t, x],
      ours: finiteDenoiser(problem).posteriorMean(x, t),
    },
    reverseKernel: {
      args: [data, weights, beta, alphaBar, t, x],
      ours: [
        kernel.weights,
        kernel.means,
        kernel.variance,
        kernel.mean,
        kernel.covariance,
      ] as Numbers,
    },
    conversionAt: {
      args: [from, to, point.signal, point.noise],
      ours: [conversion.xt, conversion.prediction],
    },
    floorFactor: { args: [from, alphaBar, t], ours: floorFactor(from, t, schedule) },
    klGaussian: {
      args: [x[0], variance, z[0], 2 * variance],
      ours: klGaussian(x[0], variance, z[0], 2 * variance),
    },
    // Theirs is a sum over a grid, ours adaptive.
    klMixtures: { args: [p, q], ours: klMixtures(mixture(p), mixture(q)), within: 1e-8 },
    gaussianTerm: {
      args: [beta, alphaBar, t, 0.7, 3, variance],
      ours: gaussianTerm(schedule, t, 0.7, 3, variance),
    },
    bestVariance: {
      args: [beta, alphaBar, t, variance],
      ours: bestVariance(schedule, t, variance),
    },
    interpolatedVariance: {
      args: [beta, alphaBar, t, z[0]],
      ours: interpolatedVariance(schedule, t, z[0]),
    },
    timeImportance: {
      args: [losses, 0.01],
      ours: [importance.probabilities, importance.lossWeights],
    },
    vlbWeight: { args: [beta, alphaBar, t, variance], ours: vlbWeight(schedule, t, variance) },
    priorParts: {
      args: [pixel, pixelWeights, alphaBar],
      ours: [parts.information, parts.mismatch],
      within: 1e-8,
    },
    boundByMarginals: {
      args: [pixel, pixelWeights, beta, alphaBar, widths],
      ours: [account.start, account.steps, account.entropy, account.total],
      within: 1e-7,
    },
    // Tensors are float32.
    weightedMse: {
      args: [
        [rows[0].slice(0, 3), rows[0].slice(3)],
        [rows[1].slice(0, 3), rows[1].slice(3)],
        [0.3, 2],
      ],
      ours: [loss.loss.dataSync(), loss.errors.dataSync()],
      within: 1e-5,
    },
    emaDecayAt: { args: [0.99, 10 * t], ours: emaDecayAt(0.99, 10 * t) },
    ancestralStep: {
      args: [beta, alphaBar, t, s, kind],
      ours: [ancestral.x0 as number, ancestral.registers?.[0] as number, ancestral.z as number],
    },
    ddimStep: {
      args: [alphaBar, t, s, eta],
      ours: [ddim.x0 as number, ddim.epsilon as number, ddim.z as number],
    },
    preconditioning: {
      args: [point.signal, point.noise, variance],
      ours: [factors.skip, factors.output, factors.input, factors.label],
    },
    karrasGrid: {
      args: [t + 1, variance, 10 * (1 + variance)],
      ours: karrasGrid(t + 1, { sigmaMin: variance, sigmaMax: 10 * (1 + variance) }),
    },
    guidedPrediction: { args: [x, z, eta], ours: guided(x, z, eta), within: 1e-5 },
  };
}

/** The answer of a network that knows but two: one without a class, one with class 0. */
function guided(free: number[], conditional: number[], scale: number): ArrayLike<number> {
  const network = {
    config: { classes: 1 },
    forward: (_: unknown, __: unknown, { labels }: { labels: number[] }) =>
      tensor4d(
        labels.flatMap((label) => (label === 0 ? conditional : free)),
        [labels.length, 1, 1, 3],
      ),
  };
  const model = { network, params: {}, diffusion: { T: 10 } } as unknown as Parameters<
    typeof guidedPrediction
  >[0];
  return guidedPrediction(
    model,
    tensor4d(free, [1, 1, 1, 3]),
    { t: 5, T: 10 },
    [0],
    scale,
  ).dataSync();
}

describe('the NumPy of the formulas', () => {
  const named = Object.values(formulas).flatMap(({ code }) => code ?? []);

  it('is there for each formula that has code', () => {
    expect(named.filter((code) => !pythonOf(code)?.code.includes('"""'))).toEqual([]);
    // A whole function, and no more.
    expect(pythonOf('math/process/posterior.ts#posterior')?.code).toMatch(
      /^def posterior\([\s\S]*return a, b, [^\n]*$/,
    );
    expect(pythonOf('math/none.ts#notThere')).toBeUndefined();
  });

  describe.skipIf(!python)('run by python3', () => {
    const ROUNDS = 8;
    const asked: { name: string; call: Call; answer: (number | null)[] }[] = [];
    beforeAll(async () => {
      await setBackend('cpu');
      const all = Array.from({ length: ROUNDS }, calls).flatMap((round) => Object.entries(round));
      const input = JSON.stringify(all.map(([name, { args }]) => [pythonName(name), args]));
      const { stdout, stderr, status } = spawnSync('python3', ['tests/content/formulas.py'], {
        input,
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const answers: (number | null)[][] = JSON.parse(stdout);
      for (const [i, [name, call]] of all.entries()) asked.push({ name, call, answer: answers[i] });
    });

    it('is asked for every one of them', () => {
      const names = new Set(named.map((code) => code.split('#')[1]));
      expect(new Set(asked.map(({ name }) => name))).toEqual(names);
    });

    it('gives the numbers of the TypeScript', () => {
      const apart = asked.filter(({ call: { ours, within = 1e-10 }, answer }) => {
        const numbers = flat(ours);
        return (
          numbers.length !== answer.length ||
          numbers.some((one, k) => {
            const other = answer[k];
            if (one === null || other === null) return one !== other;
            return !(Math.abs(one - other) <= within * Math.max(1, Math.abs(one)));
          })
        );
      });
      expect(
        apart.map(({ name, call, answer }) => ({ name, ours: flat(call.ours), numpy: answer })),
      ).toEqual([]);
    });
  });
});
