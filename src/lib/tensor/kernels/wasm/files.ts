/** The .wasm files as assets of the site: relaxed SIMD where the browser has it, and one build for each kind of memory. */

import { relaxedSimd } from './abi.ts';
import relaxedUrl from './fn-relaxed.wasm?url';
import relaxedSharedUrl from './fn-relaxed-shared.wasm?url';
import simdUrl from './fn-simd.wasm?url';
import simdSharedUrl from './fn-simd-shared.wasm?url';

const compiled = new Map<string, Promise<WebAssembly.Module>>();

export function kernelModule(shared: boolean): Promise<WebAssembly.Module> {
  const relaxed = relaxedSimd();
  const url = shared
    ? relaxed
      ? relaxedSharedUrl
      : simdSharedUrl
    : relaxed
      ? relaxedUrl
      : simdUrl;
  let module = compiled.get(url);
  if (!module) {
    module = load(new URL(url, import.meta.url).href);
    compiled.set(url, module);
  }
  return module;
}

async function load(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  // Not compileStreaming: some hosts serve .wasm without its MIME type.
  return WebAssembly.compile(await response.arrayBuffer());
}
