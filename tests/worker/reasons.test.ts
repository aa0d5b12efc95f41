/** Reasons that cross the worker, and the sentences that the page makes of them. */
import { describe, expect, it } from 'vitest';
import { CheckpointError, type CheckpointReason } from '../../src/lib/checkpoint/index.ts';
import { DataError, type DataReason } from '../../src/lib/data/index.ts';
import type { ReasonOf } from '../../src/lib/data/reason.ts';
import { sayFailure, sayRefusal, sayWarning } from '../../src/lib/words/errors/worker.ts';
import type {
  FailureValues,
  RefusalReason,
  RefusalValues,
  WarningValues,
} from '../../src/lib/worker/protocol.ts';
import { ownedElsewhere, reasonOf, stopped } from '../../src/lib/worker/refusal.ts';

/** Examples of every code: tsc asks for them all. */
type Examples<Values> = { [Code in keyof Values]: [Values[Code], ...Values[Code][]] };
const each = <Values>(examples: Examples<Values>) =>
  Object.entries<unknown[]>(examples).flatMap(([code, all]) =>
    all.map((values) => ({ code, values }) as ReasonOf<Values>),
  );
/** Sentences that a reader can use. */
const expectSentences = (text: string) => {
  expect(text).toMatch(/^[A-Z].*\.$/s);
  expect(text).not.toMatch(/undefined|NaN|null|\[object|\.\./);
};

const noData: DataReason = {
  code: 'unreachable',
  values: {
    file: 'Images.gz',
    attempts: [
      { url: 'https://one.example/x', reason: { code: 'silence', values: { seconds: 20 } } },
      { url: 'x', reason: { code: 'length', values: { found: 7, expected: 8 } } },
    ],
  },
};
const badFile: CheckpointReason = {
  code: 'malformed',
  values: { code: 'twice', values: {} },
};
const crash = { why: 'thrown', message: 'out of memory', heard: true } as const;
const why: RefusalReason = { code: 'internal', values: { message: 'it ran dry' } };

describe('every refusal', () => {
  const examples: Examples<RefusalValues> = {
    cancelled: [{ closed: false }, { closed: true }],
    ownedElsewhere: [{}],
    noRun: [{ missing: 'run' }, { missing: 'model' }, { missing: 'shelved' }],
    badConfig: [{ message: 'Width: too wide.' }, { question: 'draw' }],
    badCheckpoint: [{ why: badFile }, { url: '/a.safetensors', status: 404 }],
    dataUnavailable: [{ why: noData }, { why: noData, measured: 'mnist' }],
    backendFailed: [
      { message: 'No backend works in this browser.' },
      {
        running: { backend: 'wasm', kernels: 'ours' },
        asked: { backend: 'auto', kernels: 'stock' },
      },
    ],
    internal: [{ message: 'It ran dry.' }, { storage: 'silent' }, { crash }],
  };
  it.each(each(examples))('is said: $code $values', (reason) => {
    expectSentences(sayRefusal(reason));
    // As a worker sends it.
    expect(sayRefusal(structuredClone(reason))).toBe(sayRefusal(reason));
  });

  it('says the values that it is given', () => {
    expect(
      sayRefusal({ code: 'dataUnavailable', values: { why: noData, measured: 'mnist' } }),
    ).toBe(
      'Images.gz could not be fetched (one.example: no byte came for 20 s; this site: 7 bytes came, 8 were expected). Nothing was measured, and no other data were put in the place of "mnist". Try again later, or measure a model whose data need no download.',
    );
    expect(
      sayRefusal({ code: 'internal', values: { crash: { ...crash, why: 'notLoaded' } } }),
    ).toBe('The training worker stopped: it could not be loaded.');
  });
});

describe('every failure', () => {
  const examples: Examples<FailureValues> = {
    lossNotFinite: [{ at: 12, kept: 11 }],
    deviceLost: [
      { at: 12, what: 'the device went away', kept: 11, training: true, next: 'WebGL, as chosen.' },
    ],
    noBackendLeft: [{ what: 'the device went away', why, kept: 11 }],
    crashed: [{ at: 12, why, kept: 11 }],
    notStarted: [
      { why, step: null },
      { why, step: 11 },
    ],
    badCheckpoint: [{ why: badFile }],
    workerStopped: [{ crash }, { crash: { why: 'unreadable', message: '', heard: false } }],
  };
  it.each(each(examples))('says what happened, what was kept and what to do: $code', (failure) => {
    const { message, kept, todo } = sayFailure(failure);
    for (const text of [message, kept, todo]) expect(text).toMatch(/\.$/);
    expect(`${message} ${kept} ${todo}`).not.toMatch(/undefined|NaN|null|\[object|\.\./);
    const { step = null, kept: good = step } = failure.values as Record<string, number | null>;
    if (typeof good === 'number') expect(kept).toContain(`step ${good}`);
  });
});

describe('every warning', () => {
  const examples: Examples<WarningValues> = {
    backendSkipped: [{ message: 'WebGPU would not start.' }],
    storage: [{ why: 'full' }, { why: 'elsewhere' }],
    dataFallback: [noData],
    savedRunUnreadable: [
      { step: 40, why: badFile },
      { step: 40, why: { message: 'Error: it ran dry.' } },
    ],
    labelsIgnored: [{ dataset: 'two', classes: 3 }],
    noLocks: [{}],
  };
  it.each(each(examples))('is said: $code $values', (warning) =>
    expectSentences(sayWarning(warning)),
  );
});

describe('what was thrown', () => {
  it.each([
    [stopped(), 'cancelled'],
    [ownedElsewhere(), 'ownedElsewhere'],
    [new DataError(noData), 'dataUnavailable'],
    [new CheckpointError(badFile), 'badCheckpoint'],
    [new RangeError('Width: too wide.'), 'badConfig'],
    [new Error('it ran dry'), 'internal'],
    ['it ran dry', 'internal'],
  ])('%s is refused as %s', (thrown, code) => {
    const reason = reasonOf(thrown);
    expect(reason.code).toBe(code);
    if (code === 'internal') expect(sayRefusal(reason)).toBe('it ran dry');
  });
});
