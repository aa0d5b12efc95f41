/** The module of the present backend: by its own kernels where it has them, op by op elsewhere. */
import { getBackend } from '@tensorflow/tfjs-core';
import { openOpModule } from './engines/ops/module.ts';
import type { Module, OpenModule } from './module.ts';
import { kernelChoice } from './ops/fused.ts';

const engines: Record<string, (() => Promise<{ openModule: OpenModule }>) | undefined> =
  import.meta.glob<{ openModule: OpenModule }>('./kernels/*/module.ts');

export async function openModule(...opening: Parameters<OpenModule>): Promise<Module> {
  const load = engines[`./kernels/${getBackend()}/module.ts`];
  const own =
    load && kernelChoice() === 'ours' ? await (await load()).openModule(...opening) : null;
  const module = own ?? (await openOpModule(...opening));
  if (!module) throw new Error('No engine takes this network.');
  return module;
}
