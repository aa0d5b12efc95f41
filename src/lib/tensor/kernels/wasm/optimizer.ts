/** Adam + moving average + gradient norm over flat storage in TensorFlow.js's memory (kernels/src/pointwise.c). */
import { engine, type Tensor, tensor1d } from '@tensorflow/tfjs-core';
import { ADAM, adamNumbers } from '../../adam.ts';
import type { FlatState, OptimizerFactory } from '../../optimizer.ts';
import { type Params, sizeOf } from '../../params.ts';
import type { Heap } from './heap.ts';

/** Parameters are tensors of their own (layers read them in place); m, v and ema are one vector each. */
export function createWasmOptimizer(heap: Heap): OptimizerFactory {
  return (specs, start) => {
    const sizes = specs.map(({ shape }) => sizeOf(shape));
    const count = sizes.reduce((a, b) => a + b, 0);
    const offsets = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
    let steps = start.step;
    const [weights, ema, m, v] = [start.weights, start.ema, start.m, start.v].map((values) =>
      engine().keep(tensor1d(values.slice())),
    );
    const make = (values: Float32Array): Params =>
      Object.fromEntries(
        specs.map(({ name, shape }, i) => {
          const info = heap.output(shape);
          heap
            .floats(heap.address(info), sizes[i])
            .set(values.subarray(offsets[i], offsets[i] + sizes[i]));
          return [name, engine().makeTensorFromTensorInfo(info)];
        }),
      );
    const params = make(start.weights);
    for (const param of Object.values(params)) engine().keep(param);
    const values = (t: Tensor) => heap.floats(heap.address(t), t.size);

    return {
      params: () => params,
      step(gradients, hyper) {
        steps = hyper.step;
        const { clipNorm } = hyper;
        const { rate, root, decay } = adamNumbers(hyper);
        const { kernels } = heap;
        const [flat] = heap.scratch([count]);
        gradients.forEach((gradient, i) => {
          heap.floats(flat + 4 * offsets[i], sizes[i]).set(values(gradient));
        });
        const gradNorm = Math.sqrt(kernels.sum_squares(flat, count));
        const scale = clipNorm > 0 && gradNorm > clipNorm ? clipNorm / (gradNorm + 1e-12) : 1;
        const [p, e, first, second] = [weights, ema, m, v].map((t) => heap.address(t));
        const numbers = [scale, rate, root, ADAM.beta1, ADAM.beta2, ADAM.epsilon];
        kernels.adam(p, flat, first, second, e, count, ...numbers, 1 - decay);
        specs.forEach(({ name }, i) => {
          values(params[name]).set(heap.floats(p + 4 * offsets[i], sizes[i]));
        });
        const norm = heap.output([]);
        heap.floats(heap.address(norm), 1)[0] = gradNorm;
        return engine().makeTensorFromTensorInfo(norm);
      },
      emaParams: () => make(values(ema)),
      async read(): Promise<FlatState> {
        const [w, average, first, second] = [weights, ema, m, v].map((t) => values(t).slice());
        return { step: steps, weights: w, ema: average, m: first, v: second } as FlatState;
      },
      dispose() {
        for (const t of [weights, ema, m, v, ...Object.values(params)]) t.dispose();
      },
    };
  };
}
