// node bench/wasm/profile.mjs: where a training step's time goes, instruction by instruction (one thread, in Node).
import { readFileSync } from 'node:fs';
import { bindKernels } from '../../src/lib/tensor/kernels/wasm/abi.ts';
import { NAMES, OPERANDS } from '../../src/lib/tensor/kernels/wasm/instructions.ts';
import { createPlanMemory, ITEM_WORDS } from '../../src/lib/tensor/kernels/wasm/planMemory.ts';

const config = {
  kind: 'unet',
  imageSize: 28,
  channels: 1,
  base: 16,
  multipliers: [1, 2, 2],
  groups: 8,
  classes: 0,
};
const batch = 16;
const group = Number(process.argv[2] ?? 4);
const kind = process.argv[3] ?? 'relaxed';
const file = new URL(`../../src/lib/tensor/kernels/wasm/fn-${kind}.wasm`, import.meta.url);

const m = createPlanMemory(config, { batch, threads: 1, shards: batch / group, group }, false);
const kernels = bindKernels(new WebAssembly.Module(readFileSync(file)), m.memory, m.stackTops[0]);
const random = (name, count) => {
  const values = m.floats(name, count);
  for (let i = 0; i < count; i++) values[i] = 0.2 * (Math.random() - 0.5);
};
random('params', m.parameters);
random('x', batch * 784);
random('target', batch * 784);
random('features', batch * 64);
m.floats('weights', batch).fill(1);
m.setFloat('epsilon', 1e-8);
const run = (phase) => {
  kernels.publish_job(m.control, m.phases.train + 16 * phase, 1, 0);
  kernels.run_job(m.control, 0);
};
const words = new Int32Array(m.memory.buffer);
const rows = [];
for (let p = 0; p < 4; p++) {
  run(p);
  const phase = m.phases.train / 4 + 4 * p;
  const items = words[phase + 3] / 4;
  const count = words[phase + 2];
  const original = words[items];
  const lists =
    p === 1 ? [original] : Array.from({ length: count }, (_, i) => words[items + ITEM_WORDS * i]);
  for (const list of lists) {
    let pc = list / 4;
    while (words[pc]) {
      const name = NAMES[words[pc]];
      const next = pc + 1 + OPERANDS[NAMES[words[pc]]];
      const command = [...words.subarray(pc, next), 0];
      const at = words[items];
      const backup = words.slice(items, items + ITEM_WORDS);
      const room = m.address.stacks / 4 + 64; // the far end of the stack, unused
      words.set(command, room);
      words[items] = room * 4;
      if (p === 1) words[items + 3] = group;
      words[phase + 2] = 1;
      const repeat = 20;
      let best = Infinity;
      for (let r = 0; r < 5; r++) {
        const t0 = performance.now();
        for (let i = 0; i < repeat; i++) run(p);
        best = Math.min(best, (performance.now() - t0) / repeat);
      }
      words.set(backup, items);
      words[phase + 2] = count;
      // Height, width and channels come last, before the scratch space.
      const shape = name.startsWith('CONV3') ? words.slice(next - 5, next - 1).join('×') : '';
      rows.push({ name, shape, ms: best * (p === 1 ? batch / group : 1), at });
      pc = next;
    }
  }
}
const sum = (list) => list.reduce((a, b) => a + b.ms, 0);
const groups = Object.groupBy(rows, ({ name, shape }) => `${name} ${shape}`);
const table = Object.entries(groups).map(([name, list]) => [name, list.length, sum(list)]);
table.sort((a, b) => b[2] - a[2]);
console.log('total', sum(rows).toFixed(2), 'ms');
for (const [name, n, ms] of table)
  if (ms > 0.02) {
    const [op, shape] = name.split(' ');
    let note = '';
    if (op.startsWith('CONV3')) {
      const [h, w, k, c] = shape.split('×').map(Number);
      const gflop = (n * batch * 2 * 9 * h * w * k * c * (op === 'CONV3' ? 1 : 2)) / 1e9;
      note = `${((gflop / ms) * 1e3).toFixed(0)} GFLOP/s`;
    }
    console.log(name.padEnd(28), String(n).padStart(3), ms.toFixed(2).padStart(7), note);
  }
