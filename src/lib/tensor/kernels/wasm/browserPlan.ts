/** A plan in the browser: helper threads where the page is cross-origin isolated, one thread elsewhere. */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { startWasm } from '../../wasmBackend.ts';
import { kernelModule } from './files.ts';
import { createPlan, type HelperStart, planRefusal, type UNetPlan } from './plan.ts';

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

export interface BrowserPlan extends UNetPlan {
  /** What of the best way could not be had, as a sentence; '' where all of it is there. */
  note: string;
}

/** Null where this UNet has to run op by op (see planRefusal). Where threads are refused, one computes, and `note` says so. */
export async function createUNetPlan(
  config: UNetConfig,
  batch: number,
  { threads = planThreads() }: { threads?: number } = {},
): Promise<BrowserPlan | null> {
  if (planRefusal(config)) return null;
  const mayBlock = typeof document === 'undefined';
  const start = async (count: number, note: string): Promise<BrowserPlan> => {
    const shared = count > 1;
    const { module } = await kernelModule(shared);
    const options = { batch, threads: count, module, mayBlock, ...(shared && { startHelper }) };
    return { ...createPlan(config, options), note };
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
