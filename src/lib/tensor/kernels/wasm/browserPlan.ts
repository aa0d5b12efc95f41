/** A plan in the browser: helper threads where the page is cross-origin isolated, one thread elsewhere. */
import type { UNetConfig } from '../../../checkpoint/config.ts';
import { kernelModule } from './files.ts';
import { createPlan, type HelperStart, planRefusal, type UNetPlan } from './plan.ts';

/** Threads that a plan can have here. */
export function planThreads(wanted = navigator.hardwareConcurrency ?? 1): number {
  return globalThis.crossOriginIsolated ? Math.max(1, Math.min(8, wanted)) : 1;
}

function startHelper(start: HelperStart): Worker {
  const worker = new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage(start);
  return worker;
}

/** Null where this UNet has to run op by op (see planRefusal). */
export async function createUNetPlan(
  config: UNetConfig,
  batch: number,
  { threads = planThreads() }: { threads?: number } = {},
): Promise<UNetPlan | null> {
  if (planRefusal(config)) return null;
  const shared = threads > 1;
  const mayBlock = typeof document === 'undefined';
  const module = await kernelModule(shared);
  return createPlan(config, { batch, threads, module, mayBlock, ...(shared && { startHelper }) });
}
