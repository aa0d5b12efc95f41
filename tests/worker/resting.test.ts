/** A run whose worker was ended: what others did with it meanwhile is told, and nothing that was kept is lost. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { shelf } from '../../src/components/lab/files.ts';
import { sampleRequestOf } from '../../src/components/trainer/runConfig.ts';
import { defaultSettings } from '../../src/components/trainer/settings.ts';
import { runKey } from '../../src/lib/tensor/recipes/diffusion/run.ts';
import { createOwner, type Owner } from '../../src/lib/worker/owner.ts';
import { machine, openTab, small, stubPage, type Tab } from './support/tab.ts';

const open: Tab[] = [];
const trainerOf = (owner: Owner): Tab => {
  const made = openTab(owner);
  open.push(made);
  return made;
};
const finishes = (session: Tab, step: number) =>
  vi.waitFor(() => expect([session.state.value, session.at.value]).toEqual(['finished', step]), {
    timeout: 30_000,
  });
const draws = { ...defaultSettings('two'), sampleSteps: 2 };
const draw = (session: Tab, config: ReturnType<typeof small>) =>
  session.sample(config, (press) => sampleRequestOf(draws, press));

beforeEach(stubPage);
afterEach(async () => {
  for (const session of open.splice(0)) {
    await session.pause();
    session.dispose();
  }
  vi.unstubAllGlobals();
});

describe('two trainers of one page with one run', () => {
  it('the one that rested hears that the other has it, and takes it over when asked to', async () => {
    const owner = createOwner();
    const [a, b, c] = [trainerOf(owner), trainerOf(owner), trainerOf(owner)];
    const config = small({ seed: 71 });
    await a.train(config);
    await finishes(a, 5);
    await c.train(small({ seed: 72, steps: 1 }));
    await finishes(c, 1);
    // There is room for two workers: a's is ended, and b continues the run that a has kept.
    await b.train({ ...config, steps: 8 });
    await finishes(b, 8);
    await draw(a, config);
    expect(a.trouble.value?.message).toContain('Another tab or trainer of this browser has this');
    expect(a.note.value).toContain('took this run over at step 5');
    expect([a.run.value, a.state.value]).toEqual([null, 'idle']);
    expect(b.savedAt.value).toMatchObject({ step: 8 });
    a.trouble.value?.action?.act();
    await vi.waitFor(() => expect(a.sampled.value).not.toBeNull(), { timeout: 30_000 });
    expect(a.at.value).toBe(8);
    expect(b.run.value).toBeNull();
  });

  it('the one that rested does not put its older copy in the place of what the other made of it', async () => {
    const owner = createOwner(1);
    const [a, b] = [trainerOf(owner), trainerOf(owner)];
    const config = small({ seed: 73 });
    await a.train(config);
    await finishes(a, 5);
    await b.train({ ...config, steps: 8 });
    await finishes(b, 8);
    // Nobody trains it now: b rests while a is asked.
    await draw(a, config);
    expect(a.trouble.value?.action?.label).toBe('Take it over');
    expect((await shelf()).filter(({ run }) => run === runKey(config))).toEqual([]);
    await a.train({ ...config, steps: 9 });
    await finishes(a, 9);
    expect(a.note.value).toContain('Continued at step 8');
    await draw(b, config);
    expect(b.note.value).toContain('took this run over at step 8');
  });

  it('the one that rested can be asked for another run, as if nothing had been', async () => {
    const owner = createOwner(1);
    const [a, b] = [trainerOf(owner), trainerOf(owner)];
    const config = small({ seed: 74 });
    await a.train(config);
    await finishes(a, 5);
    await b.train({ ...config, steps: 8 });
    await finishes(b, 8);
    await a.train(small({ seed: 75, steps: 2 }));
    await finishes(a, 2);
    expect(a.trouble.value).toBeNull();
  });
});

describe('where the browser forbids storage', () => {
  it('a trainer with the only copy of a run keeps its worker, and Undo has the run', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('forbidden', 'SecurityError');
      },
    });
    const owner = createOwner(1);
    const [a, b] = [trainerOf(owner), trainerOf(owner)];
    const config = small({ seed: 76 });
    await a.train(config);
    await finishes(a, 5);
    await a.reset(config);
    expect(a.aside.value?.step).toBe(5);
    await b.train(small({ seed: 77, steps: 1 }));
    await finishes(b, 1);
    await a.undo(machine);
    expect(a.trouble.value).toBeNull();
    expect(a.at.value).toBe(5);
  });
});
