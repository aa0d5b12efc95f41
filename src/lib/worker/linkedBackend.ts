/**
 * `?backend=wasm` on any page: what its widgets compute on, where they leave the choice open. A name that is none, and
 * no name, leave it to the worker. (The lab reads its address itself, and says what it could not use.)
 */
import type { BackendName } from '../tensor/options.ts';

const NAMES: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

export function linkedBackend(search = globalThis.location?.search ?? ''): 'auto' | BackendName {
  const asked = new URLSearchParams(search).get('backend');
  return NAMES.find((name) => name === asked) ?? 'auto';
}
