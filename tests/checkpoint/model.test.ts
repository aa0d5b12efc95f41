import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  CheckpointError,
  encodeSafetensors,
  readCheckpoint as readAny,
  requireTensors,
  writeCheckpoint,
} from '../../src/lib/checkpoint/index.ts';
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import {
  type CheckpointConfig,
  parseConfig,
  scheduleOf,
} from '../../src/lib/tensor/recipes/diffusion/config.ts';
import { sayCheckpoint } from '../../src/lib/words/errors/checkpoint.ts';

const readCheckpoint = (bytes: Uint8Array) => readAny(bytes, parseConfig);

const config: CheckpointConfig = {
  model: {
    kind: 'unet',
    imageSize: 28,
    channels: 1,
    base: 16,
    multipliers: [1, 2, 2],
    groups: 8,
    classes: 10,
  },
  diffusion: { schedule: 'cosine', T: 1000, prediction: 'v' },
  dataset: 'digits',
};
const weights = {
  'in.weight': { shape: [3, 3, 1, 16], data: createRng(3).fillNormal(new Float32Array(144)) },
};

function refusal(run: () => unknown): CheckpointError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(CheckpointError);
    return error as CheckpointError;
  }
  throw new Error('nothing was refused');
}

describe('checkpoints', () => {
  it('come back as written, exactly in F32 and to 11 bits in F16', () => {
    const record = {
      command: 'npm run x',
      seed: 7,
      steps: 3,
      loss: 0.25,
      date: '2026-11-23',
      extra: [1],
    };
    const exact = readCheckpoint(writeCheckpoint({ config, record, tensors: weights }));
    expect(exact.config).toEqual(config);
    expect(exact.record).toEqual(record);
    expect(exact.tensors['in.weight'].data).toEqual(weights['in.weight'].data);
    const half = readCheckpoint(writeCheckpoint({ config, tensors: weights, dtype: 'F16' }));
    expect(half.record).toBeNull();
    half.tensors['in.weight'].data.forEach((value, i) => {
      expect(Math.abs(value - weights['in.weight'].data[i])).toBeLessThanOrEqual(
        2 ** -11 * Math.abs(value) + 2 ** -25,
      );
    });
  });

  it('refuses a sound file of another project', () => {
    const none = refusal(() => readCheckpoint(encodeSafetensors({}, {})));
    expect(none.code).toBe('foreign');
    expect(sayCheckpoint(none.reason)).toContain('it names no format');
    const other = refusal(() => readCheckpoint(encodeSafetensors({}, { format: 'pt' })));
    expect(sayCheckpoint(other.reason)).toBe(
      'This file was not written for this book: its format is "pt", expected "from-noise/1". ' +
        'The current weights are unchanged. Choose a .safetensors file that this lab has saved or exported.',
    );
  });

  it('refuses weights that are not finite', () => {
    const tensors = { x: { shape: [2], data: Float32Array.of(1, NaN) } };
    const { reason } = refusal(() => readCheckpoint(writeCheckpoint({ config, tensors })));
    expect(reason.code).toBe('tensors');
    expect(sayCheckpoint(reason)).toContain('diverged');
  });

  it.each([
    ['missing', {}],
    ['not JSON', { config: '{' }],
    ['an array', { config: '[]' }],
    ['a record that is a number', { config: JSON.stringify(config), record: '3' }],
  ])('refuses a config that is %s', (_, metadata) => {
    const bytes = encodeSafetensors({}, { format: 'from-noise/1', ...metadata } as Record<
      string,
      string
    >);
    expect(refusal(() => readCheckpoint(bytes)).code).toBe('config');
  });

  it.each(['small', 'bench'])(
    'reads %s.safetensors, written by the codec of the PyTorch twin',
    (name) => {
      const bytes = readFileSync(new URL(`../fixtures/twin/${name}.safetensors`, import.meta.url));
      const { config: read, tensors } = readCheckpoint(bytes);
      expect(read.model.kind).toBe('unet');
      const parameters = Object.entries(tensors).filter(([key]) =>
        /\.(weight|bias|gamma|beta)$/.test(key),
      );
      expect(parameters.length).toBeGreaterThan(40);
      const again = readCheckpoint(
        writeCheckpoint({ config: read, tensors, dtype: name === 'bench' ? 'F16' : 'F32' }),
      );
      for (const [key, { data, shape, dtype }] of parameters) {
        expect(again.tensors[key]).toMatchObject({ shape, dtype });
        expect(again.tensors[key].data).toEqual(data);
      }
    },
  );
});

describe('config', () => {
  const change = (path: string, value: unknown): unknown => {
    const copy = structuredClone(config) as unknown as Record<string, Record<string, unknown>>;
    const [group, key] = path.split('.');
    if (key) copy[group][key] = value;
    else (copy as Record<string, unknown>)[group] = value;
    return copy;
  };

  it('keeps the reader’s own β', () => {
    const own = { ...config, diffusion: { ...config.diffusion, T: 3, betas: [0.1, 0.5, 0.9] } };
    expect(parseConfig(JSON.parse(JSON.stringify(own)))).toEqual(own);
    const { alphaBar } = scheduleOf(parseConfig(own).diffusion);
    expect(alphaBar[3]).toBeCloseTo(0.9 * 0.5 * 0.1, 12);
    expect(scheduleOf(config.diffusion).T).toBe(1000);
  });

  it('accepts both networks and drops what it does not know', () => {
    expect(parseConfig({ ...config, other: 1 })).toEqual(config);
    const mlp = {
      ...config,
      model: { kind: 'mlp', inputs: 2, width: 64, layers: 3, classes: 0 },
      dataset: 'points',
    };
    expect(parseConfig(mlp)).toEqual(mlp);
  });

  it.each([
    ['dataset', 'cifar'],
    ['model', null],
    ['diffusion', []],
    ['model.kind', 'transformer'],
    ['model.base', 0],
    ['model.base', 1e9],
    ['model.base', '16'],
    ['model.imageSize', 30],
    ['model.channels', 1.5],
    ['model.multipliers', []],
    ['model.multipliers', [1, -2]],
    ['model.multipliers', Array(99).fill(1)],
    ['model.groups', Number.NaN],
    ['model.classes', -1],
    ['diffusion.schedule', 'toString'],
    ['diffusion.T', 0],
    ['diffusion.T', 1e6],
    ['diffusion.prediction', 'score'],
    ['diffusion.betas', [0.1, 0.2]],
    ['diffusion.betas', Array(1000).fill('0.5')],
    ['diffusion.betas', Array(1000).fill(1)],
  ])('refuses %s = %j and names it', (path, value) => {
    const error = refusal(() => parseConfig(change(path, value)));
    expect(error.code).toBe('config');
    expect(sayCheckpoint(error.reason)).toContain(`${path} should be`);
  });
});

describe('requireTensors', () => {
  const { tensors } = readCheckpoint(writeCheckpoint({ config, tensors: weights }));
  it('wants exactly the expected names and shapes', () => {
    requireTensors(tensors, [{ name: 'in.weight', shape: [3, 3, 1, 16] }]);
    expect(
      sayCheckpoint(
        refusal(() => requireTensors(tensors, [{ name: 'in.weight', shape: [3, 3, 16, 1] }]))
          .reason,
      ),
    ).toContain('"in.weight" should have shape [3,3,16,1], but has [3,3,1,16]');
    expect(sayCheckpoint(refusal(() => requireTensors(tensors, [])).reason)).toContain(
      '"in.weight" is not part of it',
    );
    expect(
      sayCheckpoint(
        refusal(() => requireTensors(tensors, [{ name: 'toString', shape: [] }])).reason,
      ),
    ).toContain('missing');
  });
});
