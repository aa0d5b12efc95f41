/**
 * A recipe of two modules that learn in turns, each with its own optimiser: a tiny generative adversarial network on images of
 * 2 × 2 pixels. The critic takes every step, the generator every second one. What the worker must carry, and no page has.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  add,
  concat,
  engine,
  matMul,
  mean,
  neg,
  reshape,
  type Scalar,
  softplus,
  type Tensor,
  type Tensor2D,
  tanh,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { fields, parseDataset } from '../../../src/lib/checkpoint/config.ts';
import type { Dataset } from '../../../src/lib/data/dataset.ts';
import { createRng } from '../../../src/lib/math/numerics/rng.ts';
import { createOptimizer, freshState } from '../../../src/lib/tensor/optimizer.ts';
import {
  disposeParams,
  initialParameters,
  type Params,
  toTensors,
} from '../../../src/lib/tensor/params.ts';
import type {
  Answers,
  DrawRequest,
  Kind,
  Modules,
  Recipe,
  RunSettings,
  RunState,
  Training,
} from '../../../src/lib/tensor/recipes/recipe.ts';
import {
  keyOfShown,
  numberSetting,
  parseCommon,
} from '../../../src/lib/tensor/recipes/settings.ts';

interface PairRun extends RunSettings {
  recipe: 'pair';
  width: number;
  learningRate: number;
}

export interface PairKind extends Kind {
  config: PairRun;
  description: { recipe: 'pair'; dataset: PairRun['dataset']; width: number };
}

const PIXELS = 4;

const modules = ({ width }: { width: number }): Modules => {
  const layer = (name: string, from: number, to: number) => [
    { name: `${name}.weight`, shape: [from, to], init: 'kaiming' as const },
    { name: `${name}.bias`, shape: [to], init: 'zeros' as const },
  ];
  return {
    generator: [...layer('in', PIXELS, width), ...layer('out', width, PIXELS)],
    critic: [...layer('in', PIXELS, width), ...layer('out', width, 1)],
  };
};

const pass = (params: Params, x: Tensor2D): Tensor2D => {
  const dense = (name: string, h: Tensor2D) =>
    add(matMul(h, params[`${name}.weight`] as Tensor2D), params[`${name}.bias`]) as Tensor2D;
  return dense('out', tanh(dense('in', x)) as Tensor2D);
};
const generate = (params: Params, z: Tensor2D) => tanh(pass(params, z)) as Tensor2D;

const noise = (seed: number, stream: string | number, count: number) =>
  createRng(seed)
    .fork(stream)
    .fillNormal(new Float32Array(count * PIXELS));
const rows = (values: Float32Array, count: number) => tensor2d(values, [count, PIXELS]);

/** The generator alone draws; `open` hands out its parameters, which are disposed afterwards. */
const answers = (open: (request: DrawRequest) => Params): Answers<PairKind> => ({
  async draw(request) {
    const params = open(request);
    const { seed, count } = request;
    async function* frames() {
      const out = tidy(() => generate(params, rows(noise(seed, 'draw', count), count)));
      const x = Float32Array.from(await out.data());
      out.dispose();
      disposeParams(params);
      yield { from: 1, to: 0, x };
    }
    return { shape: [2, 2, 1], total: 1, frames: frames() };
  },
});

async function open(config: PairRun, data: Dataset, state?: RunState): Promise<Training<PairKind>> {
  const specs = modules(config);
  const optimizerOf = (name: string, seed: number) =>
    createOptimizer(
      specs[name],
      state?.modules[name] ?? freshState(initialParameters(specs[name], seed)),
    );
  const generator = optimizerOf('generator', config.seed);
  const critic = optimizerOf('critic', config.seed + 1);
  let step = state?.step ?? 0;
  const { batchSize, seed } = config;

  /** One step of one of the two; gives its loss and the norm of its gradient. */
  function turn(own: typeof critic, name: string, k: number, loss: () => Scalar): Tensor {
    const params = own.params();
    const weights = specs[name].map((spec) => params[spec.name]);
    // TensorFlow.js's own tape: an independent way to the gradient.
    const { value, grads } = engine().gradients(loss, weights, undefined, true);
    const hyper = { step: k, learningRate: config.learningRate, emaDecay: 0.9, clipNorm: 1 };
    return concat([reshape(value, [1]), reshape(own.step(grads, hyper), [1])]);
  }

  return {
    get step() {
      return step;
    },
    async next() {
      const now = ++step;
      const rng = createRng(seed).fork('rows').fork(now);
      const real = new Float32Array(batchSize * PIXELS);
      for (let i = 0; i < batchSize; i++) {
        const at = rng.int(data.count) * PIXELS;
        real.set(data.images.subarray(at, at + PIXELS), i * PIXELS);
      }
      const packed = tidy(() => {
        const z = rows(noise(seed, now, batchSize), batchSize);
        const judged = turn(critic, 'critic', now, () => {
          const drawn = generate(generator.params(), z);
          const [yes, no] = [rows(real, batchSize), drawn].map((x) => pass(critic.params(), x));
          return mean(add(softplus(neg(yes)), softplus(no))) as Scalar;
        });
        if (now % 2 === 1) return judged;
        const fooled = turn(
          generator,
          'generator',
          now / 2,
          () =>
            mean(softplus(neg(pass(critic.params(), generate(generator.params(), z))))) as Scalar,
        );
        return concat([judged as Tensor2D, fooled as Tensor2D]);
      });
      const [judged, gradNorm, fooled = 0] = await packed.data();
      packed.dispose();
      return { step: now, loss: judged, scalars: { gradNorm, generator: fooled } };
    },
    async read() {
      const [g, c] = await Promise.all([generator.read(), critic.read()]);
      return { step, modules: { generator: g, critic: c } };
    },
    flops: 0,
    dispose() {
      generator.dispose();
      critic.dispose();
    },
    ...answers(({ weights }) => {
      if (weights === 'ema') return generator.emaParams();
      const copies = Object.entries(generator.params()).map(([name, t]) => [name, t.clone()]);
      return Object.fromEntries(copies);
    }),
  };
}

export const pair: Recipe<PairKind> = {
  parse(settings) {
    const own = fields(settings, 'config');
    return {
      ...parseCommon(own),
      recipe: 'pair',
      width: numberSetting(own, 'width', [1, 64], true),
      learningRate: numberSetting(own, 'learningRate', [0, Number.POSITIVE_INFINITY]),
    };
  },
  describe: ({ recipe, dataset, width }) => ({ recipe, dataset, width }),
  parseDescription(value) {
    const own = fields(value, 'config');
    return {
      recipe: 'pair',
      dataset: parseDataset(own.dataset),
      width: numberSetting(own, 'width', [1, 64], true),
    };
  },
  settle: (description, told) => pair.parse({ ...told, ...description }),
  keyOf: ({ dataset, width, seed }) => keyOfShown(dataset, ['pair', width, seed]),
  classes: () => 0,
  modules,
  changeable: ['learningRate', 'steps'],
  curves: ['generator'],
  open,
  load: (description, weights) => ({
    ...answers(() => toTensors(modules(description).generator, weights.generator)),
    dispose() {},
  }),
};
