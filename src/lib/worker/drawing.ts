/**
 * Drawing images, as every Sample button, the film and the bench do it: the network in its fastest form, step by step, with
 * messages and training steps let in between.
 */
import type { BugName } from '../math/mistakes/bugs.ts';
import type { WeightSet } from '../tensor/options.ts';
import { disposeParams } from '../tensor/params.ts';
import { type Model, sample } from '../tensor/sample.ts';
import { mul } from '../tensor/tf.ts';
import type { Session } from '../tensor/train.ts';
import { type Post, seconds } from './liveRun.ts';
import type { LoadedModel } from './models.ts';
import { nextTask } from './nextTask.ts';
import type { SampleRequest, SampleResult } from './protocol.ts';

/** A network with weights of its own, which nothing that goes on meanwhile changes. */
export interface OpenModel {
  model: Model;
  /** Steps that the run had taken; 0 for a loaded model. */
  trained: number;
  close(): void;
}

/** What of a run its drawings need. */
export interface Drawable {
  session: Session;
  config: { bug?: BugName };
}

/** Op by op, with the averaged or raw weights of now: the one way to look into the layers. */
export function openRun({ session, config }: Drawable, weights: WeightSet): OpenModel {
  const params = weights === 'ema' ? session.optimizer.emaParams() : copyOf(session);
  const { network } = session;
  return {
    model: { network, params, diffusion: session.options.diffusion, bug: config.bug },
    trained: session.step,
    close: () => disposeParams(params),
  };
}

/** Raw weights as tensors of their own: training goes on while they are sampled. */
function copyOf(session: Session) {
  return Object.fromEntries(
    Object.entries(session.optimizer.params()).map(([name, t]) => [name, mul(t, 1)]),
  );
}

/** The same compiled, where the backend can: for predictions alone. */
export function openRunCompiled(run: Drawable, weights: WeightSet): OpenModel {
  const frozen = run.session.stepper.frozen?.(weights);
  if (!frozen) return openRun(run, weights);
  const { network, dispose } = frozen;
  const { diffusion } = run.session.options;
  const model = { network, params: {}, diffusion, bug: run.config.bug };
  return { model, trained: run.session.step, close: dispose };
}

/** A loaded model op by op. */
export function openLoaded(loaded: LoadedModel): OpenModel {
  const model = loaded.open();
  return { model, trained: 0, close: () => disposeParams(model.params) };
}

/** A loaded model compiled, where the backend can. What was compiled stays for the next time. */
export async function openLoadedCompiled(loaded: LoadedModel): Promise<OpenModel> {
  const model = await loaded.compiled();
  return model ? { model, trained: 0, close() {} } : openLoaded(loaded);
}

/** Draws what is asked for; each step of a trajectory is posted. `check` may end it by throwing. */
export async function drawSamples(
  id: number,
  { model, trained }: Omit<OpenModel, 'close'>,
  request: SampleRequest,
  post: Post,
  check: () => void = () => {},
): Promise<SampleResult> {
  const [height, width, channels] = model.network.imageShape;
  const size = { count: request.count, height, width, channels };
  let images = new Float32Array(0);
  let spent = 0;
  let began = seconds();
  for (const step of sample(model, request)) {
    check();
    const last = step.index === step.total;
    if (request.trajectory || last) {
      const [x, x0] = await Promise.all([step.x.data(), step.x0.data()]);
      images = Float32Array.from(x);
      const { t, s, index, total } = step;
      const copy = { x: images.slice(), x0: Float32Array.from(x0) };
      if (request.trajectory)
        post({ type: 'sampleStep', id, t, s, index, total, ...copy, ...size }, [
          copy.x.buffer,
          copy.x0.buffer,
        ]);
    }
    spent += seconds() - began;
    await nextTask();
    began = seconds();
  }
  return { images, ...size, trained, seconds: spent };
}
