/** A run of this recipe in progress. */
import type { Dataset } from '../../../data/dataset.ts';
import { type Graph, graphFlops } from '../../graph/node.ts';
import { freshState } from '../../optimizer.ts';
import { initialParameters } from '../../params.ts';
import type { RunState, StepReport, Training } from '../recipe.ts';
import { labelledBatches } from './batches.ts';
import { type ClassifierKind, type ClassifierRun, hyperOf } from './kind.ts';
import { hitsOf } from './losses.ts';
import { answersOf } from './measure.ts';
import { openSteps } from './steps.ts';

/** Its one module. */
export const NETWORK = 'classifier';

export async function openTraining(
  graph: Graph,
  config: ClassifierRun,
  data: Dataset,
  state?: RunState,
): Promise<Training<ClassifierKind>> {
  const batches = labelledBatches(data, config.network, config);
  const given = state?.modules[NETWORK] ?? freshState(initialParameters(graph.specs, config.seed));
  // The optimiser counts its own steps: its bias correction and warm-up belong to its moments.
  const { before = 0 } = given;
  const start = { ...given, step: given.step - before };
  const { stepper, note } = await openSteps(graph, start, config.batchSize);
  const { store } = stepper;
  let step = given.step;
  /** Steps and readings, in the order in which they were asked for. */
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };

  async function take(now: number): Promise<StepReport> {
    const hyper = hyperOf(config, now, now - before);
    const batch = batches.at(now);
    const found = await stepper.issue(batch, hyper, () => batches.prepare(now + 1));
    const { errors, logits, gradNorm } = found;
    const count = errors.length;
    const loss = Array.from(errors).reduce((sum, error) => sum + error, 0) / count;
    const accuracy = hitsOf(logits, batch.labels) / count;
    return {
      step: now,
      loss,
      scalars: { accuracy, gradNorm, learningRate: hyper.learningRate },
    };
  }

  return {
    get step() {
      return step;
    },
    next() {
      const now = ++step;
      return inOrder(() => take(now));
    },
    read: () =>
      inOrder(async () => {
        const own = await store.read();
        const counted = before > 0 ? { ...own, step: own.step + before, before } : own;
        return { step: counted.step, modules: { [NETWORK]: counted } };
      }),
    // A forward pass and two of the same size backward.
    flops: 3 * graphFlops(graph),
    threads: stepper.threads,
    bytes: stepper.bytes,
    note,
    dispose: () => stepper.dispose(),
    ...answersOf(config.network, (weights) => inOrder(() => stepper.frozen(weights))),
  };
}
