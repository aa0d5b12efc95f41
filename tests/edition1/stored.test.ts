/** A reader's browser holds runs of edition 1, some under names of before: each is found by the link that shows it, and opens. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runOf } from '../../src/components/trainer/runConfig.ts';
import { parseSettings } from '../../src/components/trainer/settings.ts';
import type { Trainer } from '../../src/lib/worker/client.ts';
import { sameTensors } from '../../src/lib/worker/runFile.ts';
import { createLocks } from '../worker/support/locks.ts';
import { runOfName } from './files.ts';
import { withTrainer } from './inNode.ts';
import { putEntries } from './storage.ts';
import { storedEntries } from './storedEntries.ts';

const entries = storedEntries();

beforeEach(async () => {
  vi.stubGlobal('navigator', { ...globalThis.navigator, locks: createLocks() });
  await putEntries(entries.all);
});
afterEach(() => vi.unstubAllGlobals());

/** As the lab asks for it. */
const linked = (link: string) => ({
  ...runOf(parseSettings(new URLSearchParams(link)).settings),
  backend: 'cpu' as const,
  kernels: 'stock' as const,
});

async function holds(trainer: Trainer, name: string) {
  expect(sameTensors(await trainer.save(), runOfName(name))).toBe(true);
}

it.each([
  ['kept', 'points-epsilon', 30],
  ['kept under its former name', 'drawn', 9],
  ['kept with a stamp that tells nothing', 'all16', 9],
])('%s: %s at step %i', async (_, name, step) => {
  const config = linked(entries.links[name]);
  await withTrainer(async (trainer) => {
    const found = await trainer.savedRun(config);
    expect(found).toMatchObject({ step });
    const restored = vi.fn();
    trainer.on((event) => event.type === 'restored' && restored(event.step));
    await trainer.start(config, { restore: true, train: false });
    expect(restored).toHaveBeenCalledWith(step);
    await holds(trainer, name);
  });
});

it('set aside: it is taken back', async () => {
  const id = entries.all.find(({ key }) => key.startsWith('shelf:'))!.key;
  await withTrainer(async (trainer) => {
    const { step } = await trainer.takeBack(id, { backend: 'cpu', kernels: 'stock', keep: false });
    expect(step).toBe(12);
    await holds(trainer, 'points-x0');
  });
});
