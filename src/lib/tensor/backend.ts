/**
 * Choosing and starting a TensorFlow.js backend. Order: WebGPU and WebGL on real adapters, WebAssembly, then the
 * software adapters, then plain JavaScript. Each is probed with a small computation whose result is known, because a
 * broken driver may answer with zeros instead of an error.
 */
import {
  backend as currentBackend,
  env,
  findBackendFactory,
  getBackend,
  ready,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { oneOf } from '../math/numerics/oneOf.ts';
import { type Adapter, webglAdapter, webgpuAdapter } from './adapters.ts';
import { loadKernels } from './kernelLoader.ts';
import { kernelChoice, setKernels } from './ops/fused.ts';
import {
  BACKEND_CHOICES,
  type BackendInfo,
  type BackendName,
  KERNEL_CHOICES,
  type KernelChoice,
} from './options.ts';
import { probeBackend } from './probe.ts';
import { startWasm } from './wasmBackend.ts';

export interface Skipped {
  name: BackendName;
  message: string;
}

export interface Started {
  info: BackendInfo;
  /** Backends that were tried before and failed, with a sentence each. */
  skipped: Skipped[];
}

interface Candidate {
  name: BackendName;
  adapter: Adapter | null;
  reason: string;
}

const TITLE: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'plain JavaScript',
};

/** All backends that this browser may run, best first. */
export async function candidates(): Promise<Candidate[]> {
  const gpu = await webgpuAdapter();
  const gl = webglAdapter();
  const list: Candidate[] = [];
  const add = (name: BackendName, adapter: Adapter | null, reason: string) =>
    list.push({ name, adapter, reason });
  if (gpu && !gpu.software)
    add('webgpu', gpu, 'WebGPU, because this machine has a GPU that it can use.');
  if (gl && !gl.software)
    add(
      'webgl',
      gl,
      gpu ? 'WebGL, on this machine’s GPU.' : 'WebGL, because this browser offers no WebGPU.',
    );
  if (typeof WebAssembly !== 'undefined')
    add('wasm', null, 'WebAssembly, because no real GPU was found: this runs on the processor.');
  if (gl?.software)
    add('webgl', gl, 'WebGL on a software adapter, because WebAssembly would not start.');
  if (gpu?.software)
    add('webgpu', gpu, 'WebGPU on a software adapter, because WebAssembly would not start.');
  add('cpu', null, 'Plain JavaScript, because nothing faster would start.');
  return list;
}

/**
 * Starts the asked backend, or the best one. A backend that throws or computes wrongly is skipped for the next.
 * @throws Error when none works.
 */
export async function startBackend(
  asked: 'auto' | BackendName,
  kernels: KernelChoice,
  avoid: readonly BackendName[] = [],
): Promise<Started> {
  oneOf('Backend', asked, BACKEND_CHOICES);
  oneOf('Kernels', kernels, KERNEL_CHOICES);
  const before = kernelChoice();
  setKernels(kernels);
  const all = await candidates();
  const own = all.find(({ name }) => name === asked);
  const rest = all.filter(({ name }) => name !== asked && !avoid.includes(name));
  const skipped: Skipped[] = [];
  if (asked !== 'auto' && !own)
    skipped.push({
      name: asked,
      message: `${TITLE[asked]} was asked for, but this browser does not offer it.`,
    });
  const first =
    own && !avoid.includes(own.name) ? [{ ...own, reason: `${TITLE[own.name]}, as chosen.` }] : [];
  const queue = [...first, ...rest];
  for (let candidate = queue.shift(); candidate; candidate = queue.shift()) {
    const { name } = candidate;
    try {
      return { info: await startOne(candidate), skipped };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      dropBackend(name);
      // One step down is one thread, not another backend.
      const again = name === 'wasm' && (await startWasm.giveUpThreads(why));
      if (again) queue.unshift(candidate);
      skipped.push({
        name,
        message: again
          ? `${TITLE[name]} would not start with several threads (${why}), so one computes.`
          : `${TITLE[name]} would not start (${why}); the next backend is used.`,
      });
    }
  }
  setKernels(before);
  throw new Error(
    `No backend works in this browser. ${skipped.map(({ message }) => message).join(' ')}`,
  );
}

async function startOne({ name, adapter, reason }: Candidate): Promise<BackendInfo> {
  await importBackend(name);
  if (getBackend() !== name && !(await setBackend(name)))
    throw new Error('its start was refused by the browser');
  await ready();
  await probeBackend();
  const kernels = await loadKernels(name);
  if (kernelChoice() === 'ours' && kernels.loaded) await probeBackend();
  const wasm = name === 'wasm' ? await startWasm.describe() : { threads: 1, simd: false };
  return {
    name,
    reason,
    adapter: adapter?.name ?? '',
    software: adapter?.software ?? false,
    threads: wasm.threads,
    simd: wasm.simd,
    kernels: kernelChoice() === 'stock' ? 'stock' : kernels.description,
  };
}

async function importBackend(name: BackendName): Promise<void> {
  if (name === 'wasm') return startWasm.prepare();
  if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  else if (name === 'webgl') {
    await import('@tensorflow/tfjs-backend-webgl');
    // Freed textures beyond this are deleted, not pooled: an hour of training must not fill the GPU.
    env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 256 * 1024 * 1024);
  } else await import('@tensorflow/tfjs-backend-cpu');
}

/** Forgets a backend whose device is gone, and its tensors with it; a later start makes a new one. */
export function dropBackend(name: BackendName): void {
  const factory = findBackendFactory(name);
  try {
    removeBackend(name);
  } catch {
    // A lost device may refuse even its own disposal; nothing is left to free then.
  }
  if (factory) registerBackend(name, factory);
}

/**
 * Calls `onLost` once when the device of the running backend goes away (WebGPU device lost, WebGL context lost).
 * Returns a function that stops watching.
 */
export function watchDevice(onLost: (what: string) => void): () => void {
  let watching = true;
  const lost = (what: string) => {
    if (watching) onLost(what);
    watching = false;
  };
  const running = currentBackend() as unknown as {
    device?: GPUDevice;
    gpgpu?: { gl: WebGL2RenderingContext };
  };
  running.device?.lost.then((info) =>
    lost(`the WebGPU device was lost${info.message ? ` (${info.message})` : ''}`),
  );
  const canvas = running.gpgpu?.gl.canvas;
  const onContextLost = () => lost('the WebGL context was lost');
  canvas?.addEventListener('webglcontextlost', onContextLost);
  return () => {
    watching = false;
    canvas?.removeEventListener('webglcontextlost', onContextLost);
  };
}

/** True when the device is known to be gone (WebGL tells it at once, before its event). */
export function deviceIsLost(): boolean {
  const running = currentBackend() as unknown as { gpgpu?: { gl: WebGL2RenderingContext } };
  return running.gpgpu?.gl.isContextLost() ?? false;
}
