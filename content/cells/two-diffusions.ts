// Values that walk, with and without the pull
import { chart, print } from 'from-noise/cell';
import { createRng, makeSchedule } from 'from-noise/math';

const schedule = makeSchedule('linear', 200);
const rng = createRng(1);
const pixels = 2000;

// Change this line: 0 lets the values run away, 1 is the right pull.
const pull = 1;

let x: number[] = Array.from({ length: pixels }, (_, i) => (i % 2 ? 1 : -1));
const rows = [];
for (let t = 1; t <= schedule.T; t++) {
  const beta = schedule.beta[t];
  x = x.map((value) => Math.sqrt(1 - pull * beta) * value + Math.sqrt(beta) * rng.normal());
  rows.push({ t, variance: x.reduce((sum, value) => sum + value * value, 0) / pixels });
}

print('variance at the end:', rows.at(-1)?.variance);
chart({ marks: [{ mark: 'lineY', data: rows, channels: { x: 't', y: 'variance' } }] });
