/** What breaks while training: each ends in a plain sentence, and the last good weights are never lost. */

import { backend, getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setKernels } from '../../src/lib/tensor/ops/fused.ts';
import { defaultRun } from '../../src/lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { sayFailure, sayWarning } from '../../src/lib/words/errors/worker.ts';
import type { Failure } from '../../src/lib/worker/protocol.ts';
import { said } from '../said.ts';
import { inPageTrainer, type Watched } from './support/inPage.ts';
import { ONE_LEVEL } from './support/tinyNet.ts';

const config = (changes: Partial<RunConfig> = {}): RunConfig => ({
  ...defaultRun('all16'),
  batchSize: 8,
  steps: 0,
  backend: 'cpu',
  kernels: 'stock',
  ...changes,
});

let run: Watched;

beforeEach(() => {
  run = inPageTrainer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await run.trainer.pause().catch(() => {});
  run.trainer.dispose();
  setKernels('ours');
});

/** Three sentences that a reader can use. */
function expectSentences(event: Failure) {
  const { message, kept, todo } = sayFailure(event);
  for (const text of [message, kept, todo]) {
    expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  }
}

describe('a loss that is not a number', () => {
  it('stops the run and puts the last good weights back', async () => {
    await run.trainer.start(config());
    await run.next('step', ({ step }) => step >= 5);
    const { step } = await run.trainer.pause();
    const good = await run.trainer.save();
    const original = getKernel('AvgPool', 'cpu');
    unregisterKernel('AvgPool', 'cpu');
    registerKernel({
      kernelName: 'AvgPool',
      backendName: 'cpu',
      kernelFunc: (params) => {
        const info = original.kernelFunc(params);
        const { dataId } = info as { dataId: object };
        (backend() as unknown as { data: Map<object, { values: Float32Array }> }).data
          .get(dataId)!
          .values.fill(Number.NaN);
        return info;
      },
    });
    try {
      await run.trainer.resume();
      const error = await run.next('error');
      expect(error.code).toBe('lossNotFinite');
      expect(sayFailure(error).kept).toContain(`step ${step}`);
      expectSentences(error);
      expect((await run.next('paused', ({ reason }) => reason === 'failed')).step).toBe(step);
    } finally {
      unregisterKernel('AvgPool', 'cpu');
      registerKernel(original);
    }
    const kept = await run.trainer.save();
    expect(kept.length).toBe(good.length);
    const header = Number(new DataView(good.buffer).getBigUint64(0, true));
    expect(kept.slice(8 + header)).toEqual(good.slice(8 + header));
    expect(Number.isFinite((await run.trainer.step()).loss)).toBe(true);
  });
});

describe('a device that goes away in mid-training', () => {
  // A WebGPU device is lost in the lab (tests/e2e/labDevices.test.ts).
  it('webgl: the run goes on elsewhere from the kept weights', async () => {
    await run.trainer.start(config({ backend: 'webgl', model: ONE_LEVEL }));
    expect((await run.next('ready')).backend.name).toBe('webgl');
    await run.next('step', ({ step }) => step >= 3);
    const { gpgpu } = backend() as unknown as { gpgpu: { gl: WebGL2RenderingContext } };
    gpgpu.gl.getExtension('WEBGL_lose_context')!.loseContext();
    const error = await run.next('error');
    expect(error.code).toBe('deviceLost');
    expectSentences(error);
    const kept = Number(/step (\d+)/.exec(sayFailure(error).kept)![1]);
    const again = await run.next('ready', ({ backend: info }) => info.name !== 'webgl');
    expect(again.backend.name).not.toBe('webgl');
    const after = await run.next('step', ({ step }) => step > kept + 10);
    expect(Number.isFinite(after.loss)).toBe(true);
  });
});

describe('a backend that throws at start', () => {
  it('is skipped with a warning', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockRejectedValue(new Error('no device today'));
    const { backend: info } = await run.trainer.start(config({ backend: 'webgpu' }));
    expect(info.name).not.toBe('webgpu');
    const warning = await run.next('warning', ({ code }) => code === 'backendSkipped');
    expect(sayWarning(warning)).toContain('WebGPU');
    expect((await run.next('step')).step).toBeGreaterThan(0);
  });
});

describe('storage', () => {
  it('that is forbidden gives one warning, and the run is kept in memory', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    const wanted = config();
    await run.trainer.start(wanted);
    await run.next('step', ({ step }) => step >= 3);
    const { step } = await run.trainer.pause();
    expect((await run.next('saved')).where).toBe('memory');
    await run.trainer.step();
    expect(run.events.filter((e) => e.type === 'warning' && e.code === 'storage')).toHaveLength(1);
    expect(await run.trainer.savedRun(wanted)).toMatchObject({ step: step + 1 });
    await run.trainer.start(wanted, { restore: true });
    expect((await run.next('restored')).step).toBe(step + 1);
  });
});

describe('input that makes no sense', () => {
  it('a malformed checkpoint changes nothing', async () => {
    await run.trainer.start(config());
    await run.next('step', ({ step }) => step >= 3);
    const bytes = await run.trainer.save();
    const broken = bytes.slice(0, bytes.length - 100);
    await expect(run.trainer.load(broken)).rejects.toMatchObject({ code: 'badCheckpoint' });
    expectSentences(await run.next('error', ({ code }) => code === 'badCheckpoint'));
    const { step } = await run.trainer.pause();
    await run.trainer.resume();
    await run.next('step', (event) => event.step > step);
  });

  it('a config out of range is refused by name, and the run before it is kept', async () => {
    await run.trainer.start(config());
    await run.next('step');
    await expect(run.trainer.start(config({ learningRate: Number.NaN }))).rejects.toMatchObject({
      code: 'badConfig',
      message: expect.stringContaining('learningRate'),
    });
    const base = config().model;
    const model = { ...base, imageSize: 4 } as RunConfig['model'];
    await expect(run.trainer.start(config({ model }))).rejects.toMatchObject({ code: 'badConfig' });
    expectSentences(await run.next('error'));
    expect((await run.trainer.step()).step).toBeGreaterThan(1);
  });

  it('commands without a run are refused with a sentence', async () => {
    await expect(run.trainer.pause()).rejects.toMatchObject({ code: 'noRun' });
    expect(await said(run.trainer.save())).toContain('Press Train first.');
  });
});

describe('data that cannot be fetched', () => {
  it('are replaced by the drawn digits, and the reader is told', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    const mnist = {
      ...config(),
      ...defaultRun('mnist'),
      backend: 'cpu',
      kernels: 'stock',
    } as RunConfig;
    await run.trainer.start({ ...mnist, batchSize: 1 });
    expect(sayWarning(await run.next('warning', ({ code }) => code === 'dataFallback'))).toMatch(
      /could not be fetched.*\.$/,
    );
    expect((await run.next('ready')).config.dataset).toBe('digits');
  });
});

describe('a page that becomes hidden', () => {
  it('has its run saved at once', async () => {
    await run.trainer.start(config());
    await run.next('step', ({ step }) => step >= 3);
    // The clock all but stands: no save is due by itself any more.
    const now = performance.now.bind(performance);
    const stopped = now();
    vi.spyOn(performance, 'now').mockImplementation(() => stopped + (now() - stopped) / 1e6);
    const earlier = run.events.filter(({ type }) => type === 'saved');
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    const saved = await run.next('saved', (event) => !earlier.includes(event));
    expect(saved.step).toBeGreaterThanOrEqual(3);
  });
});
