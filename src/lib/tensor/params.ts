/** Named parameters: what a network declares, how they start, and how they pass between flat storage and tensors. */
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { createRng } from '../math/numerics/rng.ts';

/** kaiming: uniform in ±√(3/fanIn) (variance 1/fanIn; He et al. 2015 with gain 1). embedding: N(0, 0.02²). */
export type Init = 'kaiming' | 'zeros' | 'ones' | 'embedding';

export interface ParamSpec {
  name: string;
  shape: number[];
  init: Init;
}

export type Params = Record<string, Tensor>;

export const sizeOf = (shape: number[]) => shape.reduce((product, n) => product * n, 1);

export function countParameters(specs: ParamSpec[]): number {
  return specs.reduce((total, spec) => total + sizeOf(spec.shape), 0);
}

/** The start values of all parameters, one after another in the order of `specs`. The same seed gives the same numbers. */
export function initialParameters(specs: ParamSpec[], seed: number): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(countParameters(specs));
  const root = createRng(seed).fork('init');
  let offset = 0;
  for (const { name, shape, init } of specs) {
    const size = sizeOf(shape);
    const part = flat.subarray(offset, offset + size);
    offset += size;
    if (init === 'ones') part.fill(1);
    if (init === 'zeros' || init === 'ones') continue;
    const rng = root.fork(name);
    if (init === 'embedding') {
      for (let i = 0; i < size; i++) part[i] = 0.02 * rng.normal();
    } else {
      const bound = Math.sqrt(3 / (size / shape[shape.length - 1]));
      for (let i = 0; i < size; i++) part[i] = bound * (2 * rng.uniform() - 1);
    }
  }
  return flat;
}

/** Cuts flat storage into named arrays (views, not copies). */
export function unflatten(specs: ParamSpec[], flat: Float32Array): Record<string, Float32Array> {
  const named: Record<string, Float32Array> = {};
  let offset = 0;
  for (const { name, shape } of specs) {
    named[name] = flat.subarray(offset, offset + sizeOf(shape));
    offset += sizeOf(shape);
  }
  return named;
}

/** Puts named arrays into flat storage; a missing name or a wrong size is an error that names it. */
export function flatten(
  specs: ParamSpec[],
  named: Record<string, { data: Float32Array; shape: number[] } | undefined>,
): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(countParameters(specs));
  let offset = 0;
  for (const { name, shape } of specs) {
    const found = named[name];
    if (!found)
      throw new Error(`The checkpoint has no tensor "${name}", which its model config asks for.`);
    if (found.shape.join() !== shape.join())
      throw new Error(
        `Tensor "${name}" of the checkpoint has shape [${found.shape}]; its model config asks for [${shape}].`,
      );
    flat.set(found.data, offset);
    offset += sizeOf(shape);
  }
  return flat;
}

/** Tensors of flat storage on the present backend. The caller disposes them. */
export function toTensors(specs: ParamSpec[], flat: Float32Array): Params {
  const named = unflatten(specs, flat);
  const params: Params = {};
  // slice(): a tensor may keep the array it is given, and a view would change with the flat storage.
  for (const { name, shape } of specs) params[name] = tensor(named[name].slice(), shape, 'float32');
  return params;
}

export function disposeParams(params: Params): void {
  for (const value of Object.values(params)) value.dispose();
}
