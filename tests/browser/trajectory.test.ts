/** The same noise gives the same trajectory in float64 arrays (math/samplers/sample.ts) and on tensors, for every sampler. */
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { straight } from '../../src/lib/math/process/straight.ts';
import { learnedWidthMoves } from '../../src/lib/math/samplers/ddpm.ts';
import { shiftedGrid } from '../../src/lib/math/samplers/grids.ts';
import { pathMoves } from '../../src/lib/math/samplers/pathMoves.ts';
import { sample as sampleArrays, walk } from '../../src/lib/math/samplers/sample.ts';
import { timesteps } from '../../src/lib/math/samplers/timesteps.ts';
import { createNetwork } from '../../src/lib/tensor/network.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import {
  disposeParams,
  initialParameters,
  type Params,
  toTensors,
} from '../../src/lib/tensor/params.ts';
import type { SampleOptions } from '../../src/lib/tensor/recipes/diffusion/options.ts';
import {
  type Model,
  sample,
  sampleStreams,
} from '../../src/lib/tensor/recipes/diffusion/sample.ts';
import { BACKENDS, useBackend } from './support/backends.ts';
import { TINY, tinyProblem } from './support/tinyNet.ts';

const SEED = 5;
const settings: Partial<SampleOptions>[] = [
  { sampler: 'ddpm', variance: 'beta', clip: true },
  { sampler: 'ddpm', variance: 'betaTilde', clip: false },
  { sampler: 'ddim', eta: 0, clip: true },
  { sampler: 'ddim', eta: 0.5, clip: false },
  { sampler: 'ddim', eta: 1, clip: true },
  { sampler: 'heun', firstStep: 'corrected', churn: 4, clip: false },
  { sampler: 'dpmSolver', clip: true },
  { sampler: 'eulerMaruyama', clip: false },
];

describe.each(BACKENDS)('%s', (name) => {
  afterAll(() => setKernels('ours'));

  it.each(['epsilon', 'v', 'x0'] as const)(
    'follows the float64 trajectory, predicting %s',
    async (prediction) => {
      // The float64 trajectory asks the cpu backend's network; the tensor one runs wholly on the backend under test.
      await useBackend('cpu');
      const { network, tensors } = tinyProblem(3);
      const cpuParams = tensors();
      await useBackend(name, 'ours');
      const params = tensors();
      const diffusion = { schedule: 'cosine', T: 100, prediction } as const;
      const model: Model = { network, params, diffusion };
      const schedule = makeSchedule('cosine', 100);
      const onSoftwareAdapter = { epsilon: [settings[0]], v: [settings[3]], x0: [settings[2]] };
      const some = name === 'webgl' || name === 'webgpu' ? onSoftwareAdapter[prediction] : settings;
      for (const setting of some) {
        const options = {
          count: 1,
          steps: 10,
          sampler: 'ddpm',
          seed: SEED,
          clip: false,
          ...setting,
        } satisfies SampleOptions;
        const [rng] = sampleStreams(SEED, 1);
        const xT = rng.fillNormal(new Float64Array(16));
        await useBackend('cpu');
        const exact = [
          ...sampleArrays({
            schedule,
            prediction,
            xT,
            rng,
            steps: 10,
            ...setting,
            denoiser: (x, t) =>
              tidy(() =>
                network
                  .forward(cpuParams, tensor4d(Float32Array.from(x), [1, 4, 4, 1]), {
                    t: [t],
                    T: 100,
                  })
                  .dataSync(),
              ),
          }),
        ];
        await useBackend(name, 'ours');
        let i = 0;
        for (const step of sample(model, options)) {
          const own = await step.x.data();
          const { s, t, x } = exact[i++];
          expect([step.t, step.s]).toEqual([t, s]);
          const scale = Math.max(1, ...x.map(Math.abs));
          x.forEach((value, k) => {
            expect(
              Math.abs(own[k] - value) / scale,
              `${JSON.stringify(setting)} at t=${t}`,
            ).toBeLessThan(1e-4);
          });
        }
        expect(i).toBe(10);
      }
      disposeParams(params);
      disposeParams(cpuParams);
    },
  );

  it('follows it on the straight path, by Heun, and with the width that a network learned', async () => {
    await useBackend('cpu');
    const straightPath = straight();
    const schedule = makeSchedule('cosine', 100);
    const { network, tensors } = tinyProblem(3);
    // Its second answer is the width: channels of the output are then twice those of x.
    const wide = createNetwork({ ...TINY, answers: 2 });
    const flat = initialParameters(wide.specs, 4);
    const rng = createRng(8);
    for (let i = 0; i < flat.length; i++) flat[i] += 0.05 * rng.normal();
    const onCpu = { network: tensors(), wide: toTensors(wide.specs, flat) };
    const asked = (net: typeof wide, params: Params, x: ArrayLike<number>, t: number, T: number) =>
      tidy(() =>
        net.forward(params, tensor4d(Float32Array.from(x), [1, 4, 4, 1]), { t: [t], T }).dataSync(),
      );
    const draws = () => {
      const [stream] = sampleStreams(SEED, 1);
      return { xT: stream.fillNormal(new Float64Array(16)), rng: stream };
    };
    const moves = pathMoves(straightPath, shiftedGrid(6), { sampler: 'heun' });
    const flow = [
      ...walk(moves, straightPath, {
        ...draws(),
        prediction: 'flowVelocity',
        denoiser: (x, t) => asked(network, onCpu.network, x, t, 1),
      }),
    ];
    const answers = (x: Float64Array, t: number, which: number) =>
      asked(wide, onCpu.wide, x, t, 100).filter((_, k) => k % 2 === which);
    const learned = [
      ...walk(learnedWidthMoves(schedule, timesteps(100, 6)), schedule, {
        ...draws(),
        prediction: 'epsilon',
        denoiser: (x, t) => answers(x, t, 0),
        width: (x, t) => answers(x, t, 1),
      }),
    ];
    disposeParams(onCpu.network);
    disposeParams(onCpu.wide);
    await useBackend(name, 'ours');
    const common = { count: 1, steps: 6, seed: SEED, clip: false } as const;
    const diffusion = { schedule: 'cosine', T: 100, prediction: 'epsilon' } as const;
    const models = [
      {
        model: { network, params: tensors(), diffusion: { ...diffusion, path: 'straight' } },
        options: { ...common, sampler: 'heun' },
        expected: flow,
      },
      {
        model: { network: wide, params: toTensors(wide.specs, flat), diffusion },
        options: { ...common, sampler: 'ddpm', learnedWidth: true },
        expected: learned,
      },
    ] as const;
    for (const { model, options, expected } of models) {
      let i = 0;
      for (const step of sample(model, options)) {
        const own = await step.x.data();
        const { s, x } = expected[i++];
        expect(step.s).toBe(s);
        const scale = Math.max(1, ...x.map(Math.abs));
        for (const [k, value] of x.entries())
          expect(Math.abs(own[k] - value) / scale).toBeLessThan(1e-4);
      }
      expect(i).toBe(6);
      disposeParams(model.params);
    }
  });
});
