/** The .wasm files as assets of the site: relaxed SIMD where the browser has it, and one build for each kind of memory. */

import { relaxedSimd } from './abi.ts';
import relaxedUrl from './fn-relaxed.wasm?url';
import relaxedSharedUrl from './fn-relaxed-shared.wasm?url';
import simdUrl from './fn-simd.wasm?url';
import simdSharedUrl from './fn-simd-shared.wasm?url';

const compiled = new Map<string, Promise<WebAssembly.Module>>();

function build(url: string): Promise<WebAssembly.Module> {
  let module = compiled.get(url);
  if (!module) {
    module = load(new URL(url, import.meta.url).href);
    compiled.set(url, module);
    // What failed once is tried again when it is next asked for.
    module.catch(() => compiled.delete(url));
  }
  return module;
}

export interface KernelModule {
  module: WebAssembly.Module;
  relaxed: boolean;
}

/** The best build that loads: where the relaxed one does not, the plain one stands in. */
export async function kernelModule(shared: boolean): Promise<KernelModule> {
  if (relaxedSimd()) {
    try {
      return { module: await build(shared ? relaxedSharedUrl : relaxedUrl), relaxed: true };
    } catch {
      // The build without it needs less.
    }
  }
  return { module: await build(shared ? simdSharedUrl : simdUrl), relaxed: false };
}

async function load(url: string): Promise<WebAssembly.Module> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  // Not compileStreaming: some hosts serve .wasm without its MIME type.
  return WebAssembly.compile(await response.arrayBuffer());
}
