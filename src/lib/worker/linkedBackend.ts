/**
 * `?backend=wasm` on any page: what its widgets compute on, where they leave the choice open. A name that is none, and
 * no name, leave it to the worker. (The lab reads its address itself, and says what it could not use.)
 */
import { BACKENDS, type BackendName } from '../tensor/options.ts';

export function linkedBackend(search = globalThis.location?.search ?? ''): 'auto' | BackendName {
  const asked = new URLSearchParams(search).get('backend');
  return BACKENDS.find((name) => name === asked) ?? 'auto';
}
