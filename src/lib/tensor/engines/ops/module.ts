/** The seam (module.ts) op by op, on every backend. */
import { type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import type { ModuleInputs, OpenModule } from '../../module.ts';
import { createOptimizer } from '../../optimizer.ts';
import { gradientsInOrder, type OpPass, opEngine } from './pass.ts';
import { batchTensors } from './shapes.ts';

export const openOpModule: OpenModule = async (graph, start, batch, wanted = []) => {
  const engine = opEngine(graph);
  const optimizer = createOptimizer(graph.specs, start);
  const collected = new Map<string, Tensor>();
  let pass: OpPass | null = null;

  function letGo(): void {
    pass?.dispose();
    pass = null;
    for (const gradient of collected.values()) gradient.dispose();
    collected.clear();
  }

  return {
    graph,
    store: optimizer,

    async forward({ values, labels }: ModuleInputs) {
      pass?.dispose();
      pass = null;
      const tensors = batchTensors(graph, values);
      const given = { values: tensors, labels };
      const params = optimizer.params();
      const whole = Object.values(tensors).every(({ shape }) => shape[0] === batch);
      // Nothing is kept of what is only looked at.
      if (whole) pass = engine.pass(params, given);
      const output = pass?.output ?? tidy(() => engine.forward(params, given));
      for (const input of Object.values(tensors)) input.dispose();
      const answer = Float32Array.from(await output.data());
      if (!whole) output.dispose();
      return answer;
    },

    async backward(dOutput) {
      if (!pass) throw new Error('backward comes after a forward of a whole batch');
      const { output, backward } = pass;
      pass = null;
      const found = backward(tensor(dOutput.slice(), output.shape), collected, wanted);
      const dInputs: Record<string, Float32Array> = {};
      for (const name of wanted) {
        const gradient = found.get(name);
        if (!gradient) throw new Error(`The network has no input "${name}" that moves its output.`);
        dInputs[name] = Float32Array.from(await gradient.data());
        gradient.dispose();
      }
      return dInputs;
    },

    async update(hyper) {
      if (collected.size === 0) throw new Error('update comes after backward');
      const gradients = gradientsInOrder(graph, collected);
      const norm = optimizer.step(gradients, hyper);
      for (const gradient of gradients) gradient.dispose();
      letGo();
      try {
        return (await norm.data())[0];
      } finally {
        norm.dispose();
      }
    },

    dispose() {
      letGo();
      optimizer.dispose();
    },
  };
};
