/** Trains the runs on WebAssembly, saves them as the lab does, and lets each go on. */
import { apart } from '../apart.ts';
import { CONTINUED, LINKED, OTHERS } from './runs.mjs';

/** In the page: a run of so many steps, as Save and Export write it. */
async function train({ config, steps, from }) {
  const { createTrainer } = await import('/src/lib/worker/client.ts');
  const { toBase64, fromBase64 } = await import('/tests/edition1/base64.ts');
  const trainer = createTrainer();
  let info;
  if (from) info = await trainer.load(fromBase64(from), { keep: false });
  else info = await trainer.start(config, { keep: false, train: false });
  for (let n = 0; n < steps; n++) await trainer.step();
  const [saved, exported] = [await trainer.save(), await trainer.export({ page: 'edition 1' })];
  trainer.dispose();
  const { name, threads, kernels } = info.backend;
  return {
    saved: toBase64(saved),
    exported: toBase64(exported),
    backend: { name, threads, kernels },
  };
}

/** In the page: tests/edition1/goOn.ts, and on what it computed. */
async function goOn({ saved }) {
  const { createTrainer } = await import('/src/lib/worker/client.ts');
  const { fromBase64 } = await import('/tests/edition1/base64.ts');
  const { goOn } = await import('/tests/edition1/goOn.ts');
  const trainer = createTrainer();
  let on = '';
  trainer.on((event) => {
    if (event.type === 'ready') on = `${event.backend.threads} threads, ${event.backend.kernels}`;
  });
  try {
    return { numbers: await goOn(trainer, fromBase64(saved)), on };
  } finally {
    trainer.dispose();
  }
}

/** Name → file, exported file. */
export async function trainRuns(sources) {
  const { parseSettings } = await sources.load('/src/components/trainer/settings.ts');
  const { runOf } = await sources.load('/src/components/trainer/runConfig.ts');
  const linked = LINKED.map(([name, link, steps]) => {
    const { settings, problems } = parseSettings(new URLSearchParams(link));
    if (problems.length) throw new Error(problems.join(' '));
    return [name, runOf(settings), steps];
  });
  const page = await sources.page();
  const runs = {};
  for (const [name, config, steps] of [...linked, ...OTHERS]) {
    runs[name] = await page.evaluate(train, { config, steps });
    console.log(name, JSON.stringify(runs[name].backend), runs[name].saved.length * 0.75);
  }
  const { name, config, steps } = CONTINUED;
  const first = await page.evaluate(train, { config, steps: steps[0] });
  runs[name] = await page.evaluate(train, { from: first.exported, steps: steps[1] });
  return runs;
}

/** Other ways to the same numbers. */
const otherPages = async (sources) => ({
  again: await sources.page(),
  'one thread': await sources.page({ isolated: false }),
  // Vite hands out the file's address, as a module, whose own address has a query.
  'without relaxed SIMD': await sources.page({ without: /fn-relaxed[^?]*$/ }),
});

/** What each run does next; and how far other threads and other instructions lead from that. */
export async function goOnAll(sources, runs) {
  const page = await sources.page();
  const others = await otherPages(sources);
  const next = {};
  for (const [name, run] of Object.entries(runs)) {
    const { numbers, on } = await page.evaluate(goOn, run);
    next[name] = numbers;
    console.log(`${name} at ${numbers.step}, on ${on}. Apart from that:`);
    for (const [how, other] of Object.entries(others)) {
      const again = await other.evaluate(goOn, run);
      const [losses, drawn] = ['losses', 'drawn'].map((part) =>
        apart(again.numbers[part], numbers[part]),
      );
      console.log(`  ${how} (${again.on}): losses ${losses}, images ${drawn}`);
    }
  }
  return next;
}

/** In the page: tests/edition1/shipped.ts. */
async function shipped() {
  const { createSampler } = await import('/src/lib/worker/sampler.ts');
  const { drawShipped, judgeShipped, SHIPPED } = await import('/tests/edition1/shipped.ts');
  const numbers = { classifier: await judgeShipped() };
  for (const name of SHIPPED) {
    const sampler = createSampler({ backend: 'wasm' });
    numbers[name] = await drawShipped(sampler, name);
    sampler.dispose();
  }
  return numbers;
}

export async function drawWithShipped(sources) {
  const numbers = await (await sources.page()).evaluate(shipped);
  for (const [how, other] of Object.entries(await otherPages(sources)))
    for (const [name, values] of Object.entries(await other.evaluate(shipped)))
      console.log(`${name}, ${how}: ${apart(values, numbers[name])}`);
  return numbers;
}
