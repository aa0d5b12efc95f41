/** The worker's side of a bench: opens one engine, then times what it is asked to. */

import { type Answer, createAnswering, type Numbered } from '../worker/asking.ts';
import type { WorkerEvent } from '../worker/protocol.ts';
import type { BenchEngine } from './engine.ts';
import type { BenchCell, BenchQuestion, CellInfo, CellRun, Speeds } from './types.ts';

interface Scope {
  postMessage(message: Answer<string> | WorkerEvent, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Numbered<BenchQuestion>>) => void) | null;
}

const counter = { dispatches: 0 };

/** Counts WebGPU dispatches of whatever library runs in this worker. */
function countDispatches(): void {
  if (typeof GPUComputePassEncoder === 'undefined') return;
  const { prototype } = GPUComputePassEncoder;
  for (const name of ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'] as const) {
    const original = prototype[name] as (...args: unknown[]) => undefined;
    Object.defineProperty(prototype, name, {
      value(this: GPUComputePassEncoder, ...args: unknown[]) {
        counter.dispatches++;
        return original.apply(this, args);
      },
    });
  }
}

/**
 * Libraries choose their number of threads by the number of cores that they see. tfjs starts half as many threads as cores
 * (it takes the others for hyper-threads), so it is told of twice as many: it gets what the others get.
 */
function limitThreads({ engine, threads }: BenchCell): void {
  const halves = engine === 'tfjs' || engine === 'tf.layers';
  const value = halves && threads > 1 ? 2 * threads : threads;
  Object.defineProperty(navigator, 'hardwareConcurrency', { value, configurable: true });
}

export function serveBench(scope: Scope, open: (cell: BenchCell) => Promise<BenchEngine>): void {
  let engine: BenchEngine | null = null;

  async function start(cell: BenchCell): Promise<CellInfo> {
    const begin = performance.now();
    limitThreads(cell);
    countDispatches();
    engine = await open(cell);
    const loss = await engine.train(() => {});
    if (!Number.isFinite(loss)) throw new Error(`the first step gave a loss of ${loss}`);
    return { ...engine.info, firstStepMs: performance.now() - begin, loss };
  }

  async function run({ work, repeats, cap }: BenchQuestion & { type: 'run' }): Promise<CellRun> {
    if (!engine) throw new Error('the engine was not opened');
    const result: CellRun = { ms: [], losses: [], jsMs: [], dispatches: 0, bytes: 0 };
    const end = performance.now() + 1000 * cap;
    while (result.ms.length < repeats && (result.ms.length === 0 || performance.now() < end)) {
      counter.dispatches = 0;
      const begin = performance.now();
      const issued = () => result.jsMs.push(performance.now() - begin);
      if (work === 'sample')
        await engine.sample?.((event, transfer) => scope.postMessage(event, transfer));
      else if (work === 'forward') await engine.forward(issued);
      else result.losses.push(await engine.train(issued));
      result.ms.push(performance.now() - begin);
      result.dispatches = counter.dispatches;
    }
    result.bytes = engine.bytes();
    return result;
  }

  async function answer(request: BenchQuestion): Promise<CellInfo | CellRun | Speeds> {
    if (request.type === 'open') return start(request.cell);
    if (request.type === 'run') return run(request);
    if (!engine?.speeds) throw new Error('this engine has no single operations to measure');
    return engine.speeds();
  }

  const handle = createAnswering<BenchQuestion, string>(
    (message, transfer) => scope.postMessage(message, transfer),
    async (question) => ({ value: await answer(question) }),
    (thrown) => (thrown instanceof Error ? thrown.message : String(thrown)),
  );
  scope.onmessage = ({ data }) => void handle(data);
}
