/** Training: one step as a function of the session, and the async generator that the book shows. */
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import type { Dataset } from '../../../data/index.ts';
import { dataLevels } from '../../../data/levels.ts';
import { type ProgramParts, RIGHT_PARTS } from '../../../math/mistakes/parts.ts';
import type { Objective } from '../../../math/objectives/objective.ts';
import { type ObjectiveName, objectiveOf } from '../../../math/objectives/record.ts';
import type { Schedule } from '../../../math/process/schedule.ts';
import { learningRateAt, type StepHyper } from '../../adam.ts';
import { type BatchOptions, type BatchSource, createBatches } from '../../batch.ts';
import { moduleStepper } from '../../moduleStepper.ts';
import { createNetwork, type Network } from '../../network.ts';
import { openModule } from '../../openModule.ts';
import { type FlatState, freshState, type WeightStore } from '../../optimizer.ts';
import { initialParameters } from '../../params.ts';
import { openPlan, planStepper, stepperMaker, type TrainingPlan } from '../../plans.ts';
import { type DrawingSteps, opStepper, type Stepper } from '../../stepper.ts';
import { scheduleOf } from './config.ts';
import type { TrainOptions } from './options.ts';

/** A run in progress on the present backend. */
export interface Session {
  options: TrainOptions;
  dataset: Dataset;
  schedule: Schedule;
  /** Of the program: the right one's, or with a mistake. */
  parts: ProgramParts;
  network: Network;
  batches: BatchSource;
  stepper: Stepper;
  /** Steps on batches that the device draws, where it does. */
  drawing: DrawingSteps | null;
  /** The weights, of the stepper. */
  optimizer: WeightStore;
  /** Steps taken. */
  step: number;
  /** How many of them the optimiser knows nothing of: the weights came with them, without its moments. */
  before: number;
  /** What of the fastest way could not be had, as a sentence. */
  note?: string;
}

export interface TrainStep {
  step: number;
  /** Mean of `errors`: unweighted squared error per element. */
  loss: number;
  gradNorm: number;
  learningRate: number;
  /** t of each image of the batch, and its error. */
  t: ArrayLike<number>;
  errors: Float32Array;
}

/** Starts or continues a run with the fastest stepper that the backend has. */
export async function openSession(
  options: TrainOptions,
  dataset: Dataset,
  state?: FlatState,
  parts = RIGHT_PARTS,
): Promise<Session> {
  const network = createNetwork(options.model);
  const schedule = scheduleOf(options.diffusion);
  const { loss } = sessionObjective({ options, schedule, parts, dataset });
  if (loss) {
    const { own } = startOf(network, options, state);
    const module = await openModule(network.graph, own, options.batchSize);
    const stepper = () => moduleStepper(module, network, loss);
    return createSession(options, dataset, state, null, stepper, parts);
  }
  const { plan, note } = await openPlan(network.graph, options.batchSize);
  return { ...createSession(options, dataset, state, plan, await stepperMaker(), parts), note };
}

/** Where a run begins, and what of it its optimiser counts: its bias correction and warm-up belong to its moments. */
function startOf(network: Network, { seed }: TrainOptions, state?: FlatState) {
  const total = state ?? freshState(initialParameters(network.specs, seed));
  const before = total.before ?? 0;
  return { total, before, own: { ...total, step: total.step - before } };
}

/** Starts a run, or continues one from its state. The dataset must fit the model and its objective. */
export function createSession(
  options: TrainOptions,
  dataset: Dataset,
  state?: FlatState,
  plan?: TrainingPlan | null,
  makeStepper?: Awaited<ReturnType<typeof stepperMaker>>,
  parts = RIGHT_PARTS,
): Session {
  const network = createNetwork(options.model);
  const [h, w, c] = network.imageShape;
  if (h !== dataset.height || w !== dataset.width || c !== dataset.channels)
    throw new RangeError(
      `The model takes images of ${h}×${w}×${c}, but "${dataset.name}" has ${dataset.height}×${dataset.width}×${dataset.channels}. Choose the model that belongs to the dataset.`,
    );
  const { total, before, own: start } = startOf(network, options, state);
  const schedule = scheduleOf(options.diffusion);
  const objective = sessionObjective({ options, schedule, parts, dataset });
  const { answers = 1 } = options.model.kind === 'unet' ? options.model : {};
  if (answers !== (objective.answers ?? 1))
    throw new RangeError(
      `The objective asks for ${objective.answers ?? 1} answers a pixel, the model gives ${answers}. Set "answers" of the model.`,
    );
  const stepper = plan
    ? planStepper(plan, network, start)
    : (makeStepper?.(network, start, options.batchSize) ?? opStepper(network, start));
  const data: BatchOptions = {
    images: parts.data(dataset.images),
    dataset,
    objective,
    batchSize: options.batchSize,
    seed: options.seed,
    classes: options.model.classes,
    labelDropout: options.labelDropout ?? 0.1,
  };
  return {
    options,
    dataset,
    schedule,
    parts,
    network,
    batches: createBatches(data),
    // A device draws noise by chance.
    drawing: dataset.noise ? null : (stepper.drawing?.(data) ?? null),
    stepper,
    optimizer: stepper.store,
    step: total.step,
    before,
  };
}

/**
 * Issues one training step (Ho et al. 2020, algorithm 1) and returns without waiting for the device; the promise
 * brings the loss. Several steps may be under way on a GPU. An `unread` step's loss may stay there until a later one's is
 * read, or the stepper is flushed.
 */
export async function trainStep(session: Session, unread = false): Promise<TrainStep> {
  const { options } = session;
  const step = session.step + 1;
  const own = step - session.before;
  const { warmup, steps, clipNorm = 1 } = options;
  const hyper = session.parts.hyper({
    learningRate: options.learningRate,
    warmup,
    steps,
    clipNorm,
  });
  const learningRate = learningRateAt(step, hyper, own);
  const { emaDecay } = options;
  const stepHyper = { step: own, learningRate, emaDecay, clipNorm: hyper.clipNorm };
  const { weights } = sessionObjective(session);
  const result =
    session.drawing && weights
      ? session.drawing(stepHyper, weights, unread)
      : issueBatch(session, stepHyper);
  session.step = step;
  const { errors, gradNorm, t } = await result;
  const loss = errors.reduce((total, e) => total + e, 0) / errors.length;
  return { step, loss, gradNorm, learningRate, t, errors };
}

/** The state of the weights and the optimiser at the moment of the call. */
export async function readState({ optimizer, before }: Session): Promise<FlatState> {
  const state = await optimizer.read();
  return before > 0 ? { ...state, step: state.step + before, before } : state;
}

/** One step on the batch that the host makes. */
async function issueBatch(session: Session, hyper: StepHyper) {
  const { batches, stepper } = session;
  const batch = batches.at(hyper.step);
  const { weight } = sessionObjective(session);
  const result = await stepper.issue(batch, Float32Array.from(batch.t, weight), hyper, () =>
    batches.prepare(hyper.step + 1),
  );
  return { ...result, t: batch.t };
}

const objectives = new WeakMap<Schedule, { name: ObjectiveName; objective: Objective }>();

/** What the run is trained with now: the lab may change the weights on the way, which are those of the step, not of its batch. */
export function sessionObjective({
  options,
  schedule,
  parts,
  dataset,
}: Pick<Session, 'options' | 'schedule' | 'parts' | 'dataset'>): Objective {
  const name = options.weighting ?? 'simple';
  const cached = objectives.get(schedule);
  if (cached?.name === name) return cached.objective;
  const { sigmaData, diffusion } = options;
  const levels = () => dataLevels(dataset.images);
  const { prediction } = diffusion;
  const right = objectiveOf(name, { schedule, prediction, sigmaData, levels });
  const objective = {
    ...right,
    forward: parts.forward(right.process),
    told: (t: number) => parts.told(right.told(t)),
  };
  objectives.set(schedule, { name, objective });
  return objective;
}

// #region train
/** Trains until the target number of steps (for ever without one), yielding after every step. */
export async function* train(session: Session): AsyncGenerator<TrainStep> {
  while (session.options.steps === 0 || session.step < session.options.steps) {
    yield await trainStep(session);
  }
}
// #endregion

/** Hands the run's tensors back. The session cannot be used afterwards. */
export function disposeSession(session: Session): void {
  session.optimizer.dispose();
}

/** Inputs as the network takes them, for callers that hold one flat array. */
export function imageTensor(network: Network, values: Float32Array): Tensor4D {
  const size = network.imageShape.reduce((a, b) => a * b, 1);
  return tensor4d(values, [values.length / size, ...network.imageShape]);
}
