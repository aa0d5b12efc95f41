/** The seam (../../module.ts) on a plan: gradients of several backward passes are added up before the update. */
import type { Module, ModuleInputs, OpenModule } from '../../module.ts';
import { planStore } from '../../planStore.ts';
import { createBrowserPlan } from './browserPlan.ts';

export const openModule: OpenModule = async (graph, start, batch, wanted = []) => {
  const plan = await createBrowserPlan(graph, batch, { wanted });
  if (!plan) return null;
  const store = planStore(plan, graph.specs, start);
  let last: ModuleInputs | null = null;
  /** The sum of the gradients since the last update. */
  let collected: Float32Array | null = null;
  const module: Module = {
    graph,
    store,
    async forward(inputs) {
      last = inputs;
      return plan.forward(inputs, 'raw');
    },
    async backward(dOutput) {
      if (!last) throw new Error('backward comes after forward');
      const gradients = plan.backward(last, dOutput);
      const { gradient } = plan.state;
      const before = collected;
      if (before) for (let i = 0; i < gradient.length; i++) gradient[i] += before[i];
      collected = gradient.slice();
      return gradients;
    },
    async update(hyper) {
      if (!collected) throw new Error('update comes after backward');
      collected = null;
      const norm = plan.update(hyper);
      store.moved(hyper.step);
      return norm;
    },
    dispose: () => store.dispose(),
  };
  return module;
};
