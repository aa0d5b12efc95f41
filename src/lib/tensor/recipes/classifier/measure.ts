/** What can be asked of a classifier: how often it is right, and how surprised it is. */
import type { Dataset } from '../../../data/dataset.ts';
import { oneOf } from '../../../math/numerics/oneOf.ts';
import type { ClassifierShape } from '../../networks/classifier.ts';
import { WEIGHT_SETS, type WeightSet } from '../../options.ts';
import type { Answers } from '../recipe.ts';
import { labelsFor } from './batches.ts';
import type { ClassifierKind, ClassifierPoint, ClassifierResult } from './kind.ts';
import { classLosses, hitsOf } from './losses.ts';
import type { Judge } from './steps.ts';

/** Images of a point. */
export const AT_A_TIME = 500;

export const answersOf = (
  network: ClassifierShape,
  open: (weights: WeightSet) => Promise<Judge>,
): Required<Pick<Answers<ClassifierKind>, 'measure'>> => ({
  async measure({ weights }, data) {
    oneOf('Weights', weights, WEIGHT_SETS);
    const labels = labelsFor(network, data);
    return {
      of: Math.ceil(data.count / AT_A_TIME),
      points: judged(await open(weights), data, labels),
      result: totalOf,
    };
  },
});

async function* judged(
  judge: Judge,
  { images, count }: Dataset,
  labels: Uint8Array,
): AsyncGenerator<ClassifierPoint, void> {
  const size = images.length / count;
  try {
    for (let first = 0; first < count; first += AT_A_TIME) {
      const own = labels.subarray(first, first + AT_A_TIME);
      const end = first + own.length;
      const logits = await judge.logits(images.subarray(first * size, end * size));
      yield { count: own.length, hits: hitsOf(logits, own), loss: mean(classLosses(logits, own)) };
    }
  } finally {
    judge.close();
  }
}

const mean = ({ errors }: { errors: ArrayLike<number> }) =>
  Array.from(errors).reduce((sum, error) => sum + error, 0) / errors.length;

export function totalOf(points: ClassifierPoint[]): ClassifierResult {
  const total = (of: (point: ClassifierPoint) => number) =>
    points.reduce((sum, point) => sum + of(point), 0);
  const count = total((point) => point.count);
  return {
    count,
    accuracy: total(({ hits }) => hits) / count,
    loss: total((point) => point.count * point.loss) / count,
  };
}
