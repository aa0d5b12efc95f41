/** Backend and kernels are one choice for all that a worker computes: asked for, kept, or refused, never ignored. */

import { describe, expect, it } from 'vitest';
import { kernelChoice } from '../../src/lib/tensor/ops/fused.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { sayRefusal } from '../../src/lib/words/errors/worker.ts';
import { createHost } from '../../src/lib/worker/host.ts';
import type { Command, ModelInfo, WorkerMessage } from '../../src/lib/worker/protocol.ts';

/** Asks a host in this page. */
function host() {
  const waiting = new Map<number, (message: WorkerMessage) => void>();
  const handle = createHost((message) => {
    if (message.type === 'reply' || message.type === 'refusal') waiting.get(message.id)?.(message);
  });
  let id = 0;
  return async <T>(command: Command): Promise<T> => {
    const own = ++id;
    const answer = new Promise<WorkerMessage>((resolve) => waiting.set(own, resolve));
    void handle({ ...command, id: own });
    const message = await answer;
    if (message.type === 'refusal') throw new Error(sayRefusal(message.reason));
    if (message.type !== 'reply') throw new Error(message.type);
    return message.value as T;
  };
}

const checkpoint = async () =>
  new Uint8Array(await (await fetch('/checkpoints/digits.safetensors')).arrayBuffer());

describe('the kernels that are asked for', () => {
  it('and the backend are among those there are, or it is said which there are', async () => {
    const ask = host();
    const wanted = { type: 'loadModel', model: 'a', bytes: await checkpoint() } as const;
    const abacus = { ...wanted, backend: 'abacus' as never, kernels: 'ours' } as const;
    await expect(ask(abacus)).rejects.toThrow('one of auto, webgpu, webgl, wasm, cpu');
    const theirs = { ...wanted, backend: 'wasm', kernels: 'theirs' as never } as const;
    await expect(ask(theirs)).rejects.toThrow('one of ours, stock');
  });

  it('run, also where the backend runs already with others', async () => {
    const ask = host();
    const bytes = await checkpoint();
    const load = (model: string, kernels: 'ours' | 'stock') =>
      ask<ModelInfo>({ type: 'loadModel', model, bytes, backend: 'wasm', kernels });
    expect((await load('a', 'ours')).backend.kernels).toMatch(/^ours/);
    await ask({ type: 'unloadModel', model: 'a' });
    expect((await load('b', 'stock')).backend.kernels).toBe('stock');
    expect(kernelChoice()).toBe('stock');
    // The one that uses them may change its mind; beside another it may not.
    expect((await load('b', 'ours')).backend.kernels).toMatch(/^ours/);
    await expect(load('c', 'stock')).rejects.toThrow('cannot run beside it');
    expect(kernelChoice()).toBe('ours');
    await expect(load('c', 'ours')).resolves.toMatchObject({ backend: { name: 'wasm' } });
  });

  it('stay those of the run beside which others are asked for', async () => {
    const ask = host();
    const config: RunConfig = {
      ...defaultRun('two'),
      backend: 'wasm',
      kernels: 'stock',
      steps: 2,
    };
    await ask({ type: 'start', config, options: { keep: false }, baseUrl: '/' });
    const bytes = await checkpoint();
    const wanted = { type: 'loadModel', model: 'a', bytes, backend: 'auto' } as const;
    await expect(ask({ ...wanted, kernels: 'ours' })).rejects.toThrow('cannot run beside it');
    expect(kernelChoice()).toBe('stock');
    await expect(ask({ ...wanted, kernels: 'stock' })).resolves.toBeTruthy();
    await ask({ type: 'pause' });
  });
});
