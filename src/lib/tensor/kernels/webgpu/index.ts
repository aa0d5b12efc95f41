/** Our WebGPU kernels, registered with TensorFlow.js. Nothing above the ops knows that they exist. */
import { backend, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerFused, type Supports } from '../../ops/fused.ts';
import { createDevice, type Device, type WebGPUBackend } from './device.ts';
import * as ops from './ops.ts';

type Inputs = Record<string, TensorInfo>;

const devices = new WeakMap<object, Device>();

/** Pipelines belong to a device; a backend that was lost and started again brings a new one. */
function deviceOf(): Device {
  const running = backend() as unknown as WebGPUBackend;
  let device = devices.get(running);
  if (!device) {
    device = createDevice(running);
    devices.set(running, device);
  }
  return device;
}

export function register(): string {
  type Kernel = (
    device: Device,
    inputs: Inputs,
    attrs: Record<string, number>,
  ) => TensorInfo | TensorInfo[];
  const add = (name: `FN_${string}`, kernel: Kernel, supports: Supports) =>
    registerFused(
      name,
      'webgpu',
      ({ inputs, attrs }) =>
        kernel(deviceOf(), inputs as Inputs, (attrs ?? {}) as Record<string, number>),
      supports,
    );
  const convolution: Supports = (inputs, { kernelSize }) =>
    ops.supportsConvolution(inputs, kernelSize as number | undefined);
  const normal: Supports = (inputs, { groups }) => ops.supportsNorm(inputs, groups as number);

  add('FN_Conv2D', ops.convForward, convolution);
  add('FN_Conv2DBackInput', ops.convBackInput, convolution);
  add(
    'FN_Conv2DBackFilter',
    (device, inputs, { kernelSize }) => ops.convBackFilter(device, inputs, kernelSize),
    convolution,
  );
  add('FN_SumSpatial', ops.sumSpatial, ({ dy }) => dy.dtype === 'float32' && dy.size > 0);
  add(
    'FN_GroupNormSilu',
    (device, inputs, { groups, epsilon }) => ops.groupNormSilu(device, inputs, groups, epsilon),
    normal,
  );
  add(
    'FN_GroupNormSiluGrad',
    (device, inputs, { groups }) => ops.groupNormSiluGrad(device, inputs, groups),
    normal,
  );
  return 'ours (WGSL)';
}
