/** The wasm backend: its files as assets of the site, SIMD always, threads where the page is cross-origin isolated. */

import plainUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url';
import { backend, env } from '@tensorflow/tfjs-core';

let prepared: Promise<void> | null = null;

async function load(): Promise<void> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  const here = (url: string) => new URL(url, import.meta.url).href;
  wasm.setWasmPaths({
    'tfjs-backend-wasm.wasm': here(plainUrl),
    'tfjs-backend-wasm-simd.wasm': here(simdUrl),
    'tfjs-backend-wasm-threaded-simd.wasm': here(threadedUrl),
  });
  wasm.setThreadsCount(wantedThreads());
}

/** One thread per core, at most 8: beyond that small layers lose more by waiting than they gain. */
export function wantedThreads(): number {
  return Math.max(1, Math.min(8, navigator.hardwareConcurrency ?? 1));
}

/** Why there is one thread where more were to be had; '' while nothing spoke against them. */
let refused = '';

export const startWasm = {
  prepare(): Promise<void> {
    prepared ??= load().catch((error) => {
      prepared = null;
      throw error;
    });
    return prepared;
  },
  /** True once threads were refused. */
  single: (): boolean => refused !== '',
  /**
   * Memory that threads share may be refused where the same memory is granted to one thread. True where the next start
   * will do without threads, and this one had them.
   */
  async giveUpThreads(why: string): Promise<boolean> {
    // Unknown where the backend's own code could not be loaded.
    const had = await Promise.resolve()
      .then(() => env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'))
      .catch(() => false);
    if (refused || !had) return false;
    refused = why;
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    return true;
  },
  /** What really runs, after the backend has started. */
  async describe(): Promise<{ threads: number; simd: boolean }> {
    const { getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
    const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
    const own = backend() as unknown as { kernelThreads?: number };
    return { threads: Math.max(getThreadsCount(), own.kernelThreads ?? 1), simd: Boolean(simd) };
  },
};
