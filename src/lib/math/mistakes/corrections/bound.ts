/** Rows on the bound, and the two tables of the 2×2 example. */

import { type BoundOptions, exactBound } from '../../bound/elbo.ts';
import { priorTerm } from '../../bound/prior.ts';
import { finiteDenoiser } from '../../exact/finite.ts';
import { finiteData } from '../../exact/finiteData.ts';
import { information } from '../../exact/reverse.ts';
import { vlbWeight } from '../../objectives/bound.ts';
import { makeSchedule, type Schedule } from '../../process/schedule.ts';
import { flippedTerm, noiseVarianceWithoutRoot } from '../mistakes.ts';
import { bits, D2, D16, example, type Row, value } from './common.ts';

export const boundRows: Record<number, Row> = {
  23: () => [
    value(
      'I(x_0; x_1 | x_2), nats',
      information({ schedule: example(), data: D16 }, 2).givenNoisier,
    ),
  ],
  24: () => {
    const bound = exactBound({
      schedule: example(),
      data: D16,
      variance: 'exact',
      decoder: 'exact',
    });
    return [
      value('"ELBO" without its prior term', bound.prior - bound.total),
      value('the true log p', -finiteData(D16).entropy),
      value('the true ELBO', -bound.total),
    ];
  },
  25: () => [
    value('the flipped term for a mean off by 1', flippedTerm(1, example().posteriorVariance[2])),
    value('for a mean off by 10', flippedTerm(10, example().posteriorVariance[2])),
  ],
  27: () => {
    const wrong = noiseVarianceWithoutRoot(example());
    const { beta, alphaBar, noiseVariance, snr } = example();
    return [
      value('√0.1', Math.sqrt(beta[1])),
      value('√0.2', Math.sqrt(beta[2])),
      value('noise variance at t = 1 with β ε', wrong[1]),
      value('noise variance at t = 2 with β ε', wrong[2]),
      value('noise variance at t = 1', noiseVariance[1]),
      value('noise variance at t = 2', noiseVariance[2]),
      value('SNR at t = 1 with β ε', alphaBar[1] / wrong[1]),
      value('SNR at t = 2 with β ε', alphaBar[2] / wrong[2]),
      value('SNR at t = 1', snr[1]),
      value('SNR at t = 2', snr[2]),
    ];
  },
  28: () => {
    const nats = priorTerm(example(), D16[0]);
    return [value('KL(q(x_2|x_0) ‖ N(0, I)), nats', nats), value('the same in bits', bits(nats))];
  },
};

export interface ExampleTerms {
  readonly prior: number;
  readonly exactKernel: number;
  readonly betaTilde: number;
  readonly beta: number;
  readonly exactDecoder: number;
  readonly discretized: number;
  readonly mmse1: number;
  readonly mmse2: number;
}

/** The terms of the 2×2 example in nats, for D16 or D2. */
export function exampleTerms(set: 'D16' | 'D2'): ExampleTerms {
  const data = set === 'D16' ? D16 : D2;
  const schedule = example();
  const bound = (variance: BoundOptions['variance'], decoder: BoundOptions['decoder']) =>
    exactBound({ schedule, data, variance, decoder });
  const exact = bound('exact', 'exact');
  const published = bound('beta', 'discretized');
  const denoiser = finiteDenoiser({ schedule, data });
  return {
    prior: exact.prior,
    exactKernel: exact.diffusion[2],
    betaTilde: bound('betaTilde', 'exact').diffusion[2],
    beta: published.diffusion[2],
    exactDecoder: exact.reconstruction,
    discretized: published.reconstruction,
    mmse1: denoiser.mmse(1),
    mmse2: denoiser.mmse(2),
  };
}

/** Total bound in bits per dimension: the exact kernel, β̃, and as DDPM publishes (β, eq. 13). */
export function bitsPerDimension(set: 'D16' | 'D2', schedule: Schedule) {
  const data = set === 'D16' ? D16 : D2;
  const total = (variance: BoundOptions['variance'], decoder: BoundOptions['decoder']) =>
    exactBound({ schedule, data, variance, decoder }).bitsPerDim;
  return {
    exact: total('exact', 'exact'),
    betaTilde: total('betaTilde', 'exact'),
    published: total('beta', 'discretized'),
  };
}

/** One line of the schedule table. */
export function scheduleLine(kind: 'linear' | 'cosine', t: number) {
  const schedule = makeSchedule(kind, 1000);
  return {
    beta: schedule.beta[t],
    alphaBar: schedule.alphaBar[t],
    snr: schedule.snr[t],
    posteriorVariance: schedule.posteriorVariance[t],
    weight: vlbWeight(schedule, t, schedule.beta[t]),
  };
}
