/**
 * The optimiser of optimizer.ts in one pass over one texture: a texel holds all of a parameter, (p, m, v, ema), as a
 * packed tensor [N, 2, 2] does. With s = min(1, clip / ‖g‖):
 *   g ← s g,   m ← β₁m + (1−β₁)g,   v ← β₂v + (1−β₂)g²
 *   p ← p − rate·m / (√(v·root²) + ε),   ema ← decay·ema + (1−decay)·p
 * A second pass takes p out for the layers; ema, m and v come out only when they are asked for.
 */
import type { GPGPUProgram, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  backend,
  concat,
  engine,
  keep,
  reshape,
  sqrt,
  square,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor3D,
  tensor3d,
  tidy,
} from '@tensorflow/tfjs-core';
import { ADAM, adamNumbers, type StepHyper } from '../../adam.ts';
import { cutParams, type FlatState, type OptimizerFactory } from '../../optimizer.ts';
import { disposeParams } from '../../params.ts';

const UNIFORMS = ['clip', 'rate', 'root', 'decay'] as const;

const updateProgram = (count: number): GPGPUProgram => ({
  variableNames: ['State', 'Gradient', 'Norm'],
  outputShape: [count, 2, 2],
  packedInputs: true,
  packedOutput: true,
  customUniforms: UNIFORMS.map((name) => ({ name, type: 'float' as const })),
  userCode: `void main() {
    int n = getOutputCoords().x;
    vec4 state = getState(n, 0, 0);
    vec4 two = getGradient(n - n % 2);
    float g = n % 2 == 0 ? two.r : two.g;
    if (clip > 0.0) { g *= min(1.0, clip / (getNorm(0).r + 1e-12)); }
    float m = ${ADAM.beta1} * state.g + ${1 - ADAM.beta1} * g;
    float v = ${ADAM.beta2} * state.b + ${1 - ADAM.beta2} * g * g;
    float p = state.r - rate * m / (sqrt(v) * root + ${ADAM.epsilon});
    setOutput(vec4(p, m, v, decay * state.a + (1.0 - decay) * p));
  }`,
});

function uniformsOf(hyper: StepHyper): number[][] {
  const { rate, root, decay } = adamNumbers(hyper);
  return [[hyper.clipNorm], [rate], [root], [decay]];
}

/** One of the four numbers of each parameter, as a flat tensor. */
const takeProgram = (count: number, lane: 'r' | 'a'): GPGPUProgram => ({
  variableNames: ['State'],
  outputShape: [count],
  packedInputs: true,
  packedOutput: false,
  userCode: `void main() { setOutput(getState(getOutputCoords(), 0, 0).${lane}); }`,
});

function run<T extends Tensor>(program: GPGPUProgram, inputs: Tensor[], uniforms?: number[][]): T {
  const running = backend() as unknown as MathBackendWebGL;
  const info = running.compileAndRun(program, inputs, 'float32', uniforms);
  return engine().makeTensorFromTensorInfo(info) as T;
}

/** (p, m, v, ema) of parameter after parameter. */
function interleave({ weights, m, v, ema }: FlatState): Tensor3D {
  const values = new Float32Array(4 * weights.length);
  [weights, m, v, ema].forEach((array, lane) => {
    for (let n = 0; n < array.length; n++) values[4 * n + lane] = array[n];
  });
  return tensor3d(values, [weights.length, 2, 2]);
}

export const createWebglOptimizer: OptimizerFactory = (specs, start) => {
  const count = start.weights.length;
  const update = updateProgram(count);
  let steps = start.step;
  let state = interleave(start);
  const take = (lane: 'r' | 'a') =>
    tidy(() => cutParams(specs, run<Tensor1D>(takeProgram(count, lane), [state])));
  let params = take('r');

  return {
    params: () => params,
    step(gradients, hyper) {
      steps = hyper.step;
      const [next, norm] = tidy(() => {
        const raw = concat(gradients.map((g) => reshape(g, [-1])));
        const gradNorm = sqrt(sum(square(raw)));
        const inputs = [state, raw, reshape(gradNorm, [1])];
        return [run<Tensor3D>(update, inputs, uniformsOf(hyper)), gradNorm];
      }) as [Tensor3D, Tensor];
      state.dispose();
      state = keep(next);
      disposeParams(params);
      params = take('r');
      for (const param of Object.values(params)) keep(param);
      return norm;
    },
    emaParams: () => take('a'),
    async read() {
      const at = steps;
      const values = await state.data();
      const lane = (n: number) => Float32Array.from({ length: count }, (_, i) => values[4 * i + n]);
      return { step: at, weights: lane(0), m: lane(1), v: lane(2), ema: lane(3) };
    },
    dispose() {
      disposeParams(params);
      state.dispose();
    },
  };
};
