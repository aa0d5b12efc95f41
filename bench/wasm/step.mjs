// node bench/wasm/step.mjs: one training step and one forward pass of the bench UNet in Node, interleaved over settings.
import { createRng } from '../../src/lib/math/numerics/rng.ts';
import { graphFlops } from '../../src/lib/tensor/graph/node.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';
import { nodePlan } from './nodePlan.mjs';

const config = {
  kind: 'unet',
  imageSize: 28,
  channels: 1,
  base: 16,
  multipliers: [1, 2, 2],
  groups: 8,
  classes: 0,
};
const batch = Number(process.argv[2] ?? 16);
const rounds = Number(process.argv[3] ?? 30);
const settings = JSON.parse(
  process.argv[4] ?? '[{"threads":1},{"threads":2},{"threads":1,"kind":"simd"}]',
);

const rng = createRng(1);
const random = (n) => rng.fillNormal(new Float32Array(n));
const inputs = {
  values: { x: random(batch * 784), features: random(batch * 64) },
  target: random(batch * 784),
  weights: new Float32Array(batch).fill(1),
};
const rows = settings.map((options) => {
  const plan = nodePlan(config, { batch, ...options });
  const start = createRng(2).fillNormal(new Float32Array(plan.state.params.length));
  plan.state.params.set(start.map((v) => 0.05 * v));
  return { options, plan, train: [], forward: [] };
});
for (let i = 0; i < rounds + 5; i++)
  for (const { plan, train, forward } of rows) {
    const hyper = { step: i + 1, learningRate: 1e-3, emaDecay: 0.999, clipNorm: 1 };
    const t0 = performance.now();
    const { loss, gradNorm } = plan.trainStep(inputs, hyper);
    const t1 = performance.now();
    plan.forward(inputs, 'raw');
    const t2 = performance.now();
    if (i === 0) console.log('loss', loss, 'gradNorm', gradNorm);
    if (i >= 5) {
      train.push(t1 - t0);
      forward.push(t2 - t1);
    }
  }
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
const gflop = (graphFlops(unet(config)) * batch) / 1e9;
for (const { options, plan, train, forward } of rows) {
  const [t, f] = [median(train), median(forward)];
  console.log(
    JSON.stringify(options),
    `train ${t.toFixed(1)} (min ${train[0].toFixed(1)}) ms = ${(((3 * gflop) / t) * 1e3).toFixed(0)} GFLOP/s,`,
    `forward ${f.toFixed(1)} (min ${forward[0].toFixed(1)}) ms`,
  );
  plan.dispose();
}
