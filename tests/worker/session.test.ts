/** The lab's session over the real worker: what the page says is what runs, and what it calls kept is had again. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetRun, stepOfFile } from '../../src/components/lab/files.ts';
import { beginning } from '../../src/components/trainer/film.ts';
import { sampleRequestOf } from '../../src/components/trainer/runConfig.ts';
import { defaultSettings } from '../../src/components/trainer/settings.ts';
import { runKey } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { machine, openTab, small, stubPage, type Tab } from './support/tab.ts';

const open: Tab[] = [];
const tab = (): Tab => {
  const made = openTab();
  open.push(made);
  return made;
};
const reaches = (session: Tab, ...states: string[]) =>
  vi.waitFor(() => expect(states).toContain(session.state.value), { timeout: 30_000 });
const lossesOf = (session: Tab) =>
  session.losses.points(1000).map(({ step, loss }) => [step, loss]);
const trained = async (session: Tab, config = small()) => {
  await session.train(config);
  await reaches(session, 'finished');
};

const moment = { frames: [], clean: [], times: [], count: 1, height: 2, width: 2, channels: 1 };

beforeEach(stubPage);
afterEach(async () => {
  for (const session of open.splice(0)) {
    await session.pause();
    session.dispose();
  }
  vi.unstubAllGlobals();
});

describe('Reset', () => {
  it('leaves step 0 and "Ready", also while it trains, and Undo brings the run back', async () => {
    const session = tab();
    const config = small({ seed: 11, steps: 0 });
    await session.train(config);
    await vi.waitFor(() => expect(session.losses.length).toBeGreaterThan(3), { timeout: 30_000 });
    await session.reset(config);
    expect(session.state.value).toBe('idle');
    expect(session.at.value).toBe(0);
    expect(session.stats.value).toBeNull();
    expect(session.losses.length).toBe(0);
    const { step } = session.aside.value!;
    expect(step).toBeGreaterThan(3);
    await session.undo(machine);
    expect(session.aside.value).toBeNull();
    expect([session.state.value, session.at.value]).toEqual(['paused', step]);
    expect(lossesOf(session).at(-1)?.[0]).toBe(step);
    await session.step(config);
    expect(session.heard.findLast((m) => m.type === 'step')).toMatchObject({ step: step + 1 });
  });

  it('puts the film away with the run, and Undo brings both back', async () => {
    const session = tab();
    const config = small({ seed: 13 });
    await trained(session, config);
    const film = [{ ...moment, step: 1 }];
    session.film.value = film;
    await session.reset(config);
    expect(session.film.value).toEqual([]);
    await session.undo(machine);
    expect(session.film.value).toEqual(film);
    expect(beginning(film, session.opened.value)).toBe(0);
  });

  it('offers no Undo of a run that was removed since', async () => {
    const session = tab();
    const config = small({ seed: 14 });
    await trained(session, config);
    await session.reset(config);
    await forgetRun(session.aside.value!.id);
    await session.undo(machine);
    expect(session.trouble.value?.message).toContain('was removed from the list of kept runs');
    expect(session.aside.value).toBeNull();
    expect(session.state.value).toBe('idle');
  });

  it('drops what was still drawn of the run before it', async () => {
    const session = tab();
    const config = small({ seed: 12 });
    await trained(session, config);
    const frame = (index: number) => ({
      type: 'frame' as const,
      id: 0,
      from: 3 - index,
      to: 2 - index,
      index,
      total: 2,
      x: new Float32Array(4),
      guess: new Float32Array(4),
      count: 1,
      height: 2,
      width: 2,
      channels: 1,
    });
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    // A drawing that is slower than the Reset.
    vi.spyOn(session.trainer, 'sample').mockImplementation(async (_, onStep) => {
      onStep?.(frame(1));
      await gate;
      onStep?.(frame(2));
      const { count, height, width, channels, x: images } = frame(2);
      return { images, count, height, width, channels, trained: 5, seconds: 0 };
    });
    const drawing = session.sample(config, (seed) => sampleRequestOf(defaultSettings('two'), seed));
    await vi.waitFor(() => expect(session.sampled.value).not.toBeNull());
    await session.reset(config);
    go();
    await drawing;
    expect(session.sampled.value).toBeNull();
  });
});

describe('a loaded file', () => {
  it('shows its step, its target and its curve, and is kept under the name that the page has for it', async () => {
    const session = tab();
    const config = small({ seed: 21 });
    await trained(session, config);
    const file = await session.trainer.save();
    const curve = lossesOf(session);
    session.dispose();
    const other = tab();
    const loaded = await other.load(file, machine);
    expect(loaded?.step).toBe(5);
    expect([other.at.value, other.state.value]).toEqual([5, 'finished']);
    expect(lossesOf(other).map(([step]) => step)).toEqual(curve.map(([step]) => step));
    expect(runKey(other.run.value!)).toBe(runKey(config));
    expect(other.savedAt.value).toMatchObject({ step: 5 });
  });

  it('of exported weights keeps their count of steps, goes on from there, and is found by a reload', async () => {
    const session = tab();
    const config = small({ seed: 22 });
    await trained(session, config);
    const file = await session.trainer.export();
    expect(stepOfFile(file)).toBe(5);
    await session.reset(config);
    session.dispose();
    const other = tab();
    const loaded = await other.load(file, machine);
    expect(loaded).toMatchObject({ step: 5, run: { steps: 4000, seed: 22 } });
    expect(other.at.value).toBe(5);
    await other.step(loaded!.run);
    expect(other.savedAt.value).toMatchObject({ step: 6, tab: false });
    other.dispose();
    const later = tab();
    await later.bring(config);
    expect(later.at.value).toBe(6);
    // Its film begins there, and says so; that of a run begun here is whole.
    expect(beginning([{ ...moment, step: 6 }], later.opened.value)).toBe(6);
    expect(beginning([{ ...moment, step: 1 }], session.opened.value)).toBe(0);
  });

  it('in the place of a kept run does not lose it', async () => {
    const session = tab();
    const config = small({ seed: 23 });
    await trained(session, config);
    const file = await session.trainer.export();
    await session.setTarget(9);
    await session.train({ ...config, steps: 9 });
    await reaches(session, 'finished');
    const { shelf } = await import('../../src/components/lab/files.ts');
    await session.load(file, machine);
    const replaced = (await shelf()).find(
      ({ run, why }) => why === 'replaced' && run === runKey(config),
    );
    expect(replaced?.step).toBe(9);
  });

  it('that cannot be read changes nothing, and says so beside its button', async () => {
    const session = tab();
    const config = small({ seed: 24, steps: 0 });
    await session.train(config);
    expect(await session.load(new Uint8Array(100), machine)).toBeNull();
    expect(session.state.value).toBe('training');
    expect(session.fileTrouble.value?.message).toContain('not a sound safetensors file');
    expect(session.trouble.value).toBeNull();
  });
});

describe('two tabs', () => {
  it('one run has one owner: the other is told, may take it over, and the first one says so', async () => {
    const [a, b] = [tab(), tab()];
    const config = small({ seed: 31 });
    await trained(a, config);
    await b.reset(config);
    expect(b.trouble.value?.message).toContain('Another tab');
    expect(a.savedAt.value).toMatchObject({ step: 5 });
    expect(await a.trainer.savedRun(config)).toMatchObject({ step: 5 });
    b.trouble.value?.action?.act();
    await vi.waitFor(() => expect(b.aside.value?.step).toBe(5), { timeout: 10_000 });
    await vi.waitFor(() =>
      expect(a.note.value).toContain('Another tab took this run over at step 5'),
    );
    expect(a.run.value).toBeNull();
    expect(a.savedAt.value).toMatchObject({ step: 5, elsewhere: runKey(config) });
  });
});

describe('Undo of a run that another tab has begun again', () => {
  it('is told so, and takes it over when asked to', async () => {
    const [a, b] = [tab(), tab()];
    const config = small({ seed: 32 });
    await trained(a, config);
    await trained(a, small({ seed: 33, steps: 1 }));
    await a.reset(config);
    expect(a.aside.value?.step).toBe(5);
    await trained(b, { ...config, steps: 2 });
    await a.undo(machine);
    expect(a.trouble.value?.action?.label).toBe('Take it over');
    a.trouble.value?.action?.act();
    await vi.waitFor(() => expect(a.at.value).toBe(5), { timeout: 10_000 });
    expect(b.note.value).toContain('took this run over at step 2');
  });
});

describe('getting ready', () => {
  const never = () =>
    vi.stubGlobal(
      'fetch',
      vi.fn(
        (_url: string, { signal }: RequestInit) =>
          new Promise((_, reject) =>
            signal?.addEventListener('abort', () => reject(signal.reason)),
          ),
      ),
    );
  const mnist = () => small({ dataset: 'mnist', seed: 41, batch: 1 });
  const fetching = () => vi.waitFor(() => expect(fetch).toHaveBeenCalled(), { timeout: 10_000 });

  it('is ended by Pause', async () => {
    never();
    const session = tab();
    const started = session.train(mnist());
    await fetching();
    expect(session.state.value).toBe('loading');
    await session.pause();
    await started;
    expect(session.state.value).toBe('idle');
    expect(session.trouble.value).toBeNull();
    expect(session.heard.some(({ type }) => type === 'step')).toBe(false);
  });

  it('is ended by Reset, and by another run, which then trains', async () => {
    never();
    const session = tab();
    const first = session.train(mnist());
    await fetching();
    await session.reset(mnist());
    await first;
    expect(session.state.value).toBe('idle');
    const second = session.train(mnist());
    await vi.waitFor(() => expect(session.state.value).toBe('loading'));
    await trained(session, small({ seed: 42 }));
    await second;
    expect(session.run.value?.dataset).toBe('two');
    expect(session.trouble.value).toBeNull();
  });

  it('ended leaves the run before it as it was', async () => {
    never();
    const session = tab();
    const config = small({ seed: 43 });
    await trained(session, config);
    const started = session.train(mnist());
    await fetching();
    await session.pause();
    await started;
    expect(session.state.value).toBe('finished');
    await session.step(config);
    expect(session.savedAt.value?.step).toBe(6);
  });
});

describe('a worker that dies', () => {
  it('is replaced: Train goes on from what was kept', async () => {
    const session = tab();
    const config = small({ seed: 51 });
    await trained(session, config);
    session.crash();
    await vi.waitFor(() => expect(session.trouble.value?.message).toContain('out of memory'));
    expect(session.state.value).toBe('failed');
    await session.train({ ...config, steps: 7 });
    await reaches(session, 'finished');
    expect(session.note.value).toContain('Continued at step 5');
    expect(session.savedAt.value?.step).toBe(7);
  });
});

describe('a kept run that cannot be read', () => {
  it('is set aside with a warning, and a new one begins', async () => {
    const config = small({ seed: 61 });
    const { openRunStore } = await import('../../src/lib/worker/storage.ts');
    const broken = new Uint8Array([9, 9, 9]);
    await openRunStore(vi.fn()).put(runKey(config), { bytes: broken, step: 77, date: '2026' });
    const session = tab();
    await trained(session, config);
    expect(session.warnings.value.map(({ message }) => message).join()).toMatch(
      /step 77 cannot be read.*set aside/,
    );
    const { shelf, takeRun } = await import('../../src/components/lab/files.ts');
    const aside = (await shelf()).find(({ why }) => why === 'unreadable');
    expect(aside).toMatchObject({ step: 77, dataset: 'two' });
    expect(await takeRun(aside!.id)).toEqual(broken);
  });
});

describe('a storage that fails', () => {
  it('is told of until it stores again, and told of anew when it fails again', async () => {
    const session = tab();
    const config = small({ seed: 62 });
    const original = IDBObjectStore.prototype.put;
    const told = () => session.warnings.value.map(({ code }) => code);
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    for (const put of [full, original, full]) {
      IDBObjectStore.prototype.put = put;
      await session.step(config);
      IDBObjectStore.prototype.put = original;
      expect(told()).toEqual(put === full ? ['storage'] : []);
      expect(session.savedAt.value?.tab).toBe(put === full);
    }
  });
});

describe('a run that is too large to be kept', () => {
  it('is not begun, and says what is possible', async () => {
    const session = tab();
    await session.train(small({ base: 512, multipliers: [16, 16] }));
    expect(session.trouble.value?.message).toMatch(/at most 268 MB can be kept.*narrower/);
    expect(session.state.value).not.toBe('loading');
  });
});
