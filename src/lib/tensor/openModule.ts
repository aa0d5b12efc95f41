/** A module (module.ts) on the present backend: compiled where kernels/<backend>/module.ts can, else op by op. */
import { getBackend } from '@tensorflow/tfjs-core';
import { openOpModule } from './engines/ops/module.ts';
import type { Graph } from './graph/node.ts';
import type { Module, OpenModule } from './module.ts';
import { kernelChoice } from './ops/fused.ts';
import type { FlatState } from './optimizer.ts';

const engines = import.meta.glob<{ openModule: OpenModule }>('./kernels/*/module.ts');

/** As `OpenModule`; it always can. */
export async function openModule(
  graph: Graph,
  start: FlatState,
  batch: number,
  wanted?: readonly string[],
): Promise<Module> {
  const load = engines[`./kernels/${getBackend()}/module.ts`];
  if (load && kernelChoice() === 'ours') {
    const { openModule: compile } = await load();
    const compiled = await compile(graph, start, batch, wanted);
    if (compiled) return compiled;
  }
  return (await openOpModule(graph, start, batch, wanted)) as Module;
}
