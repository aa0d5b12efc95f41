/** A plan in the browser: helper threads where the page is cross-origin isolated, one thread elsewhere. */
import type { Graph } from '../../graph/node.ts';
import type { FusedLoss } from '../../module.ts';
import { startWasm } from '../../wasmBackend.ts';
import { kernelModule } from './files.ts';
import { planRefusal } from './fusion.ts';
import { createPlan, type HelperStart, type Plan } from './plan.ts';

/** Threads that a plan can have here. */
export function planThreads(wanted = navigator.hardwareConcurrency ?? 1): number {
  return globalThis.crossOriginIsolated && !startWasm.single()
    ? Math.max(1, Math.min(8, wanted))
    : 1;
}

function startHelper(start: HelperStart): Worker {
  const worker = new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(start);
  return worker;
}

export interface BrowserPlan extends Plan {
  /** What of the best way could not be had, as a sentence; '' where all of it is there. */
  note: string;
}

export interface BrowserPlanOptions {
  threads?: number;
  /** Inputs whose gradients will be asked for; left out: the plan takes squared errors alone. */
  wanted?: readonly string[];
  /** Of a training step; default: squared error. */
  loss?: FusedLoss;
}

/** Null where this network has to run op by op (see planRefusal). Where threads are refused, one computes, and `note` says so. */
export async function createBrowserPlan(
  graph: Graph,
  batch: number,
  { threads = planThreads(), wanted, loss }: BrowserPlanOptions = {},
): Promise<BrowserPlan | null> {
  if (planRefusal(graph, wanted, loss)) return null;
  const mayBlock = typeof document === 'undefined';
  const start = async (count: number, note: string): Promise<BrowserPlan> => {
    const shared = count > 1;
    const { module } = await kernelModule(shared);
    const options = { batch, threads: count, module, mayBlock, wanted, loss };
    return { ...createPlan(graph, { ...options, ...(shared && { startHelper }) }), note };
  };
  if (threads === 1) return start(1, '');
  try {
    return await start(threads, '');
  } catch (error) {
    // Phones short of memory refuse what threads would share, and grant the same to one.
    const why = error instanceof Error ? error.message : String(error);
    return start(1, `${threads} threads would not start (${why}), so one computes.`);
  }
}
