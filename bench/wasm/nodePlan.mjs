// A plan in Node, with worker threads as helpers: for quick measurements without a browser.
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { createPlan } from '../../src/lib/tensor/kernels/wasm/plan.ts';
import { unet } from '../../src/lib/tensor/networks/unet.ts';

const folder = new URL('../../src/lib/tensor/kernels/wasm/', import.meta.url);

const HELPER = `
const { workerData: s } = require('node:worker_threads');
const { exports } = new WebAssembly.Instance(s.module, { env: { memory: s.memory } });
exports.__stack_pointer.value = s.stackTop;
exports.serve(s.plan, s.thread);
`;

export const nodePlan = (config, options) => compiled(unet(config), options);

/** Of any graph. */
export function compiled(graph, { threads = 1, kind = 'relaxed', ...options }) {
  const file = `fn-${kind}${threads > 1 ? '-shared' : ''}.wasm`;
  const module = new WebAssembly.Module(readFileSync(new URL(file, folder)));
  const startHelper =
    threads > 1 ? (start) => new Worker(HELPER, { eval: true, workerData: start }) : undefined;
  return createPlan(graph, { threads, module, startHelper, mayBlock: true, ...options });
}
