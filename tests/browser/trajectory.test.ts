/** The same noise gives the same trajectory in float64 arrays (math/samplers/sample.ts) and on tensors, for every sampler. */
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, it } from 'vitest';
import { makeSchedule } from '../../src/lib/math/process/schedule.ts';
import { sample as sampleArrays } from '../../src/lib/math/samplers/sample.ts';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { disposeParams } from '../../src/lib/tensor/params.ts';
import type { SampleOptions } from '../../src/lib/tensor/recipes/diffusion/options.ts';
import {
  type Model,
  sample,
  sampleStreams,
} from '../../src/lib/tensor/recipes/diffusion/sample.ts';
import { BACKENDS, useBackend } from './support/backends.ts';
import { tinyProblem } from './support/tinyNet.ts';

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
});
