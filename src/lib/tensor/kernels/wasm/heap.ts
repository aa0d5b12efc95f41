/** Our kernels inside TensorFlow.js's WebAssembly memory: addresses of its tensors, new tensors, scratch space. */
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { bindKernels, type KernelExports, roundUp4, STACK_BYTES } from './abi.ts';

/** The parts of tfjs-backend-wasm 4.22 that we rely on. */
export interface WasmBackend extends KernelBackend {
  wasm: {
    _malloc(bytes: number): number;
    _free(address: number): void;
    wasmMemory?: WebAssembly.Memory;
    asm?: Record<string, unknown>;
  };
  dataIdMap: { get(dataId: object): { memoryOffset: number } };
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
}

export interface Heap {
  kernels: KernelExports;
  address(tensor: TensorInfo): number;
  /** The numbers at an address. Do not keep: the memory may move when it grows. */
  floats(address: number, count: number): Float32Array;
  output(shape: number[]): TensorInfo;
  /** Starts the scratch space of one kernel call: each take() is valid until the next scratch(). */
  scratch(counts: number[]): number[];
}

export function backendMemory({ wasm }: WasmBackend): WebAssembly.Memory {
  const memory =
    wasm.wasmMemory ?? Object.values(wasm.asm ?? {}).find((x) => x instanceof WebAssembly.Memory);
  if (!(memory instanceof WebAssembly.Memory))
    throw new Error('this version of TensorFlow.js does not show its WebAssembly memory');
  return memory;
}

export function isShared(memory: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
}

const LINE = 16; // floats in a cache line

export function createHeap(backend: WasmBackend, module: WebAssembly.Module): Heap {
  const memory = backendMemory(backend);
  const allocate = (bytes: number): number => {
    const address = backend.wasm._malloc(bytes) >>> 0;
    if (address === 0) throw new Error(`no memory for ${bytes} bytes of scratch space`);
    return address;
  };
  const aligned = (address: number) => ((address + 63) & ~63) >>> 0;
  const kernels = bindKernels(module, memory, aligned(allocate(STACK_BYTES)) + STACK_BYTES - 64);
  let arena = 0;
  let arenaFloats = 0;
  const floats = (address: number, count: number) =>
    new Float32Array(memory.buffer, address, count);

  return {
    kernels,
    address: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
    floats,
    output: (shape) => backend.makeOutput(shape, 'float32'),
    scratch(counts) {
      const sizes = counts.map((count) => Math.ceil(roundUp4(count) / LINE) * LINE);
      const total = sizes.reduce((a, b) => a + b, 0);
      if (total > arenaFloats) {
        if (arena) backend.wasm._free(arena);
        arenaFloats = 0;
        arena = allocate(4 * total + 64);
        arenaFloats = total;
      }
      let next = aligned(arena);
      return sizes.map((size) => {
        const address = next;
        next += 4 * size;
        return address;
      });
    },
  };
}
