/** Checks what a page asks of a network. What cannot be, or has no meaning, is refused in words: nothing else is drawn for it. */
import type { MlpConfig, UNetConfig } from '../checkpoint/config.ts';
import { DATASET_NAMES, SPLITS } from '../data/index.ts';
import { oneOf, shown } from '../math/numerics/oneOf.ts';
import { checkSampler } from '../math/samplers/record.ts';
import { WEIGHT_SETS } from '../tensor/options.ts';
import { type Command, EVALUATION_KINDS, type SampleRequest } from './protocol.ts';

function number(what: string, value: unknown, low: number, high: number, whole = false): void {
  const ok = typeof value === 'number' && value >= low && value <= high;
  if (!ok || (whole && !Number.isInteger(value)))
    throw new RangeError(
      `The ${what} should be a ${whole ? 'whole ' : ''}number from ${low} to ${high}, but is ${shown(value)}. Choose a value in that range.`,
    );
}

const MOST_SAMPLES = 4096;

/** @throws RangeError that names the first wrong field. */
export function checkSampleRequest(
  { classes }: UNetConfig | MlpConfig,
  T: number,
  request: SampleRequest,
): void {
  const { count, steps, labels, weights, clip, guidanceScale } = request;
  number('number of samples', count, 1, MOST_SAMPLES, true);
  number('number of steps', steps, 1, T, true);
  checkSampler(request);
  oneOf('Weights', weights, WEIGHT_SETS);
  if (typeof clip !== 'boolean')
    throw new RangeError(
      `Clipping: expected true or false; found ${shown(clip)}. Choose one of them.`,
    );
  if (guidanceScale !== undefined) number('guidance scale', guidanceScale, -1000, 1000);
  if (!labels) return;
  if (labels.length !== count)
    throw new RangeError(
      `There should be one label for each of the ${count} samples, but there are ${labels.length}.`,
    );
  // The label after the last is that of no class.
  if (classes > 0) for (const label of labels) number('label', label, 0, classes, true);
}

/** @throws RangeError that names the first wrong field. */
export function checkEvaluation({
  request,
  dataset,
}: Extract<Command, { type: 'evaluate' }>): void {
  oneOf('Kind of evaluation', request.kind, EVALUATION_KINDS);
  oneOf('Weights', request.weights, WEIGHT_SETS);
  if (request.split !== undefined) oneOf('Split', request.split, SPLITS);
  if (dataset !== undefined) oneOf('Data set', dataset, DATASET_NAMES);
}
