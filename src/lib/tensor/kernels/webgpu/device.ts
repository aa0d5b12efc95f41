/** Runs our calls inside the WebGPU backend of TensorFlow.js, in its own command queue, on its tensors in place. */
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type Call, recorderOf, type Slice } from './shader.ts';

/** What we use of WebGPUBackend 4.22 (some of it private there; the version is pinned). */
export interface WebGPUBackend {
  device: GPUDevice;
  tensorMap: { get(id: object): { resource?: GPUBuffer } };
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
  makeTensorInfo(shape: number[], dtype: 'float32'): TensorInfo;
  disposeData(id: object): boolean;
  uploadToGPU(id: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** Dispatches that are collected before they are handed to the device. */
const BATCH = 64;

/** Hands the commands that TensorFlow.js has collected to the device, so that what is submitted next comes after them. */
export function flush(backend: WebGPUBackend): void {
  if (!backend.commandEncoder) return;
  backend.endComputePassEncoder();
  backend.submitQueue();
}

export function createDevice(backend: WebGPUBackend) {
  const recorder = recorderOf(backend.device);
  /** Tensors of the calls since the last `run`: the queue must not free them before it has run. */
  let used: TensorInfo[] = [];
  return {
    recorder,
    slice(tensor: TensorInfo): Slice {
      backend.uploadToGPU(tensor.dataId);
      used.push(tensor);
      return { buffer: backend.tensorMap.get(tensor.dataId).resource as GPUBuffer };
    },
    output: (shape: number[]): TensorInfo => backend.makeTensorInfo(shape, 'float32'),
    run(...calls: Call[]): void {
      for (const tensor of used) backend.commandQueueOwnedIds.add(tensor.dataId);
      used = [];
      for (const call of calls) {
        const { pipeline, group, grid } = recorder.record(call);
        backend.ensureCommandEncoderReady();
        backend.computePassEncoder ??= (
          backend.commandEncoder as GPUCommandEncoder
        ).beginComputePass();
        backend.computePassEncoder.setPipeline(pipeline);
        backend.computePassEncoder.setBindGroup(0, group);
        backend.computePassEncoder.dispatchWorkgroups(...grid);
        backend.dispatchCountInPass++;
      }
      if (backend.dispatchCountInPass < BATCH) return;
      backend.endComputePassEncoder();
      backend.submitQueue();
    },
    /** Hands back a tensor that was needed only by calls that have been given to `run`. */
    free: (tensor: TensorInfo) => void backend.disposeData(tensor.dataId),
  };
}

export type Device = ReturnType<typeof createDevice>;
