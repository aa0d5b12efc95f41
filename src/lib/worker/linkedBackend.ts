/**
 * `?backend=wasm` on any page: what its widgets compute on, where they leave the choice open. No name leaves it
 * to the worker, and so does a name that is none: the frame of the widget says so (Widget.tsx), as the lab does of its own.
 */
import { isOneOf } from '../math/numerics/oneOf.ts';
import { BACKENDS, type BackendName } from '../tensor/options.ts';

export function linkedBackend(search = globalThis.location?.search ?? ''): 'auto' | BackendName {
  const asked = new URLSearchParams(search).get('backend');
  return isOneOf(asked, BACKENDS) ? asked : 'auto';
}
