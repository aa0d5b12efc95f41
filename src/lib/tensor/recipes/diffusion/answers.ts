/** What can be asked of a network: pictures from noise, measurements, a look into its layers. */

import { keep, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type ProgramParts, RIGHT_PARTS } from '../../../math/mistakes/parts.ts';
import { conversion } from '../../../math/process/parameterization.ts';
import type { Network } from '../../network.ts';
import type { WeightSet } from '../../options.ts';
import type { Answers, Frame } from '../recipe.ts';
import { type CheckpointConfig, scheduleOf } from './config.ts';
import { evaluate, termCount, totalOf } from './evaluate.ts';
import type { DiffusionKind } from './kind.ts';
import {
  type ActivationRequest,
  type ActivationResult,
  checkEvaluation,
  checkSampleRequest,
  type LayerActivation,
  type SampleRequest,
} from './questions.ts';
import { type Model, sample } from './sample.ts';
import { imageTensor } from './train.ts';

/** A network with weights of its own, which nothing that goes on meanwhile changes. */
export interface OpenModel {
  model: Model;
  close(): void;
}

export interface ModelSource {
  config: Pick<CheckpointConfig, 'model' | 'diffusion'>;
  /** Of the program: one with a mistake asks and draws with it too. Default: the right one's. */
  parts?: ProgramParts;
  /** In its fastest form; `layers`: op by op, the one way to look into them. A run's weights are copied before it returns. */
  open(weights: WeightSet, layers?: boolean): OpenModel | Promise<OpenModel>;
}

export function answersOf({
  config,
  parts = RIGHT_PARTS,
  open: openRight,
}: ModelSource): Required<Answers<DiffusionKind>> {
  const open = async (weights: WeightSet, layers?: boolean): Promise<OpenModel> => {
    const { model, close } = await openRight(weights, layers);
    return { model: { ...model, network: hearing(model.network, parts), parts }, close };
  };
  return {
    async draw(asked) {
      const request = parts.settings(asked);
      checkSampleRequest(config.model, config.diffusion.T, request);
      const opened = await open(request.weights);
      const { imageShape: shape } = opened.model.network;
      return { shape, total: request.steps, frames: framesOf(opened, request) };
    },
    async measure(request, data) {
      checkEvaluation(request);
      if (config.diffusion.path)
        throw new RangeError(
          `Evaluation: expected a network of a chain; found one of the ${config.diffusion.path} path, which has no terms to measure. Draw with it instead.`,
        );
      return {
        of: termCount(request, config.diffusion.T),
        points: closing(await open(request.weights), (model) => evaluate(model, data, request)),
        result: (points) => ({
          kind: request.kind,
          points,
          ...totalOf(request.kind, points),
        }),
      };
    },
    async look(request) {
      const { model, close } = await open('ema', true);
      try {
        return await activations(model, request);
      } finally {
        close();
      }
    },
  };
}

/** The network as a program with these parts asks it. */
export function hearing(network: Network, { told }: ProgramParts): Network {
  if (told === RIGHT_PARTS.told) return network;
  const { forward, sampleStep } = network;
  return {
    ...network,
    forward: (params, x, asked) =>
      forward(params, x, { ...asked, t: Float64Array.from(asked.t, (t) => told(t)) }),
    sampleStep:
      sampleStep && ((registers, move) => sampleStep(registers, { ...move, t: told(move.t) })),
  };
}

async function* closing<T>(
  { model, close }: OpenModel,
  use: (model: Model) => AsyncGenerator<T>,
): AsyncGenerator<T, void> {
  try {
    yield* use(model);
  } finally {
    close();
  }
}

/** Frames are read back only where they are shown. */
const framesOf = (opened: OpenModel, request: SampleRequest) =>
  closing(opened, async function* (model): AsyncGenerator<Frame | null> {
    for (const { t, s, x, x0, index, total } of sample(model, request)) {
      if (!request.trajectory && index < total) {
        yield null;
        continue;
      }
      const [now, clean] = await Promise.all([x.data(), x0.data()]);
      yield { from: t, to: s, x: Float32Array.from(now), guess: Float32Array.from(clean) };
    }
  });

/** The output of every layer for one image, and what the network makes of it. */
async function activations(
  { network, params, diffusion }: Model,
  { x, t, label }: ActivationRequest,
): Promise<ActivationResult> {
  const size = network.imageShape.reduce((a, b) => a * b, 1);
  if (x.length !== size)
    throw new RangeError(
      `The network takes an image of ${size} numbers, but got ${x.length}. Give it one image of its own size.`,
    );
  const k = conversion(diffusion.prediction, 'x0', t, scheduleOf(diffusion));
  const seen: { name: string; output: Tensor }[] = [];
  const prediction = tidy(() =>
    network.forward(params, imageTensor(network, x), {
      t: [t],
      T: diffusion.T,
      labels: label === undefined ? undefined : [label],
      probe: (name, output) => seen.push({ name, output: keep(output.clone()) }),
    }),
  );
  const layers: LayerActivation[] = [];
  for (const { name, output } of seen) {
    const shape = output.shape.length === 4 ? output.shape.slice(1) : [1, 1, output.shape[1]];
    layers.push({
      name,
      shape: shape as [number, number, number],
      data: Float32Array.from(await output.data()),
    });
    output.dispose();
  }
  const values = Float32Array.from(await prediction.data());
  prediction.dispose();
  return {
    layers,
    prediction: values,
    x0: values.map((value, i) => k.xt * x[i] + k.prediction * value),
  };
}
