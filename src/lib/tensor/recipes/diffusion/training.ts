/** A run of this recipe in progress. */

import { mul } from '@tensorflow/tfjs-core';
import type { Dataset } from '../../../data/dataset.ts';
import type { ProgramParts } from '../../../math/mistakes/parts.ts';
import type { WeightSet } from '../../options.ts';
import { disposeParams } from '../../params.ts';
import type { RunState, Training } from '../recipe.ts';
import { answersOf, type OpenModel } from './answers.ts';
import type { DiffusionKind } from './kind.ts';
import type { RunConfig } from './run.ts';
import { disposeSession, openSession, readState, type Session, trainStep } from './train.ts';

/** Its one module. */
export const NETWORK = 'network';

export async function openTraining(
  config: RunConfig,
  data: Dataset,
  state: RunState | undefined,
  parts: ProgramParts,
): Promise<Training<DiffusionKind>> {
  return trainingOf(await openSession(config, data, state?.modules[NETWORK], parts));
}

export function trainingOf(
  session: Session,
): Training<DiffusionKind> & ReturnType<typeof answersOf> {
  const { options, stepper, note } = session;
  const { T, path } = options.diffusion;
  return {
    get step() {
      return session.step;
    },
    async next(unread) {
      const { step, loss, gradNorm, learningRate, t, errors } = await trainStep(session, unread);
      // Its terms are sorted by t = 1…T of a chain, or 0…1 of a path.
      const places = Float64Array.from(t, (at) => (path ? at : (at - 1) / T));
      return { step, loss, scalars: { gradNorm, learningRate }, terms: { places, values: errors } };
    },
    flush: () => stepper.flush?.(),
    async read() {
      const own = await readState(session);
      return { step: own.step, modules: { [NETWORK]: own } };
    },
    // A forward pass and two of the same size backward.
    flops: 3 * session.network.flops,
    threads: stepper.threads,
    get bytes() {
      return stepper.bytes;
    },
    note,
    dispose: () => disposeSession(session),
    ...answersOf({
      config: options,
      parts: session.parts,
      open: (weights, layers) => openModel(session, weights, layers),
    }),
  };
}

/** The network with a copy of the weights of now: compiled, where the backend can and its layers are not asked for. */
function openModel(session: Session, weights: WeightSet, layers = false): OpenModel {
  const { network, options } = session;
  const { diffusion } = options;
  const frozen = layers ? null : session.stepper.frozen?.(weights);
  if (frozen) {
    const model = { network: frozen.network, params: {}, diffusion };
    return { model, close: frozen.dispose };
  }
  const params = weights === 'ema' ? session.optimizer.emaParams() : copyOf(session);
  return { model: { network, params, diffusion }, close: () => disposeParams(params) };
}

/** Raw weights as tensors of their own: training goes on while they are drawn from. */
const copyOf = (session: Session) =>
  Object.fromEntries(
    Object.entries(session.optimizer.params()).map(([name, t]) => [name, mul(t, 1)]),
  );
