/** Starts a backend by name for a test, or fails saying what ran instead. */
import { expect } from 'vitest';
import { startBackend } from '../../../src/lib/tensor/backend.ts';
import type { BackendName, KernelChoice } from '../../../src/lib/tensor/options.ts';

export const BACKENDS: BackendName[] = ['cpu', 'wasm', 'webgl', 'webgpu'];

export async function useBackend(name: BackendName, kernels: KernelChoice = 'stock') {
  const { info, skipped } = await startBackend(name, kernels);
  expect(info.name, skipped.map(({ message }) => message).join(' ')).toBe(name);
  return info;
}
