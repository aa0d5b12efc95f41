/**
 * What a good loss is where no floor can be computed: what a recorded run of the lab's own settings had at its end, as the
 * lab shows it (mean of the last tenth of the steps, unweighted). Made by bench/goodLoss.mjs, a row for a data set and a
 * prediction.
 */
import { datasetOf } from '../../lib/data/records.ts';
import { isOnPath } from '../../lib/math/objectives/record.ts';
import { defaultRun } from '../../lib/tensor/recipes/diffusion/defaults.ts';
import type { RunConfig } from '../../lib/tensor/recipes/diffusion/run.ts';
import record from './goodLoss.json' with { type: 'json' };

export interface GoodLoss {
  loss: number;
  steps: number;
  seed: number;
}

/** Undefined where there is a floor, and where this loss means something else than any recorded one. */
export function goodLoss({ dataset, diffusion, weighting }: RunConfig): GoodLoss | undefined {
  if (datasetOf(dataset).exact || isOnPath(weighting)) return undefined;
  const usual = defaultRun(dataset).diffusion;
  // Another schedule asks for other noise levels: its losses are not those of the record.
  if (diffusion.betas || diffusion.schedule !== usual.schedule || diffusion.T !== usual.T)
    return undefined;
  return record.rows.find(
    (row) => row.dataset === dataset && row.prediction === diffusion.prediction,
  );
}
