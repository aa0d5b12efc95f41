/** What a reader's browser holds after an afternoon in the lab: a run kept, one set aside, and what earlier versions wrote. */
import { LINKED } from './runs.mjs';

/** In the page: keeps a run, sets another aside, as the lab does; gives all that storage holds then. */
async function keepRuns({ kept, reset }) {
  const { createTrainer } = await import('/src/lib/worker/client.ts');
  const { toBase64, fromBase64 } = await import('/tests/edition1/base64.ts');
  const trainer = createTrainer();
  await trainer.load(fromBase64(reset));
  await trainer.reset();
  await trainer.load(fromBase64(kept));
  trainer.dispose();
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('from-noise');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const store = database.transaction('runs').objectStore('runs');
  const all = (request) =>
    new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const [keys, values] = [await all(store.getAllKeys()), await all(store.getAll())];
  const plain = (value) =>
    value instanceof Uint8Array
      ? { base64: toBase64(value) }
      : typeof value === 'object'
        ? { ...value, bytes: plain(value.bytes) }
        : value;
  return keys.map((key, i) => [key, plain(values[i])]);
}

export async function storeRuns(sources, files) {
  const { parseSettings } = await sources.load('/src/components/trainer/settings.ts');
  const { runOf } = await sources.load('/src/components/trainer/runConfig.ts');
  const { formerKey, runKey } = await sources.load('/src/lib/worker/runConfig.ts');
  const configOf = (name) =>
    runOf(parseSettings(new URLSearchParams(LINKED.find(([other]) => other === name)[1])).settings);
  const page = await sources.page();
  const now = await page.evaluate(keepRuns, {
    kept: files['points-epsilon'].saved,
    reset: files['points-x0'].saved,
  });
  const date = '2026-01-02T03:04:05.000Z';
  const whole = { bytes: { file: 'runs/drawn.safetensors' }, step: 9, date };
  const runs = { database: 'from-noise', store: 'runs' };
  const entries = [
    ...now.map(([key, value]) => ({ ...runs, key, value })),
    // Before runs were named by what the lab shows.
    { ...runs, key: formerKey(configOf('drawn')), value: whole },
    // Before a stamp told what lies beside it.
    {
      ...runs,
      key: runKey(configOf('all16')),
      value: { ...whole, bytes: { file: 'runs/all16.safetensors' } },
    },
    { ...runs, key: `stamp:${runKey(configOf('all16'))}`, value: 'mk3x9-0.4 12' },
    // Before the shelf: one run, kept by hand.
    {
      database: 'keyval-store',
      store: 'keyval',
      key: 'from-noise-lab-kept-run',
      value: { ...whole, bytes: { file: 'runs/two-betas.safetensors' }, dataset: 'two' },
    },
  ];
  return { links: Object.fromEntries(LINKED.map(([name, link]) => [name, link])), entries };
}
