/** Rows on the forward and the reverse process. */
import { samplingProbabilities } from '../../exact/ancestral.ts';
import { finiteDenoiser } from '../../exact/finite.ts';
import { klToBestGaussian, recovery, reverseLines } from '../../exact/reverse.ts';
import { asMixture, forwardReverseKl, klMixtures, mixtureModes } from '../../numerics/gaussian.ts';
import {
  makeSchedule,
  SCHEDULE_KINDS,
  SCHEDULE_NAMES,
  scheduleFromBetas,
} from '../../process/schedule.ts';
import { replacementProbabilities } from '../../samplers/inpaint.ts';
import { timesteps } from '../../samplers/timesteps.ts';
import { checkerboardContrast } from '../blur.ts';
import {
  lossAgainstNoise,
  lossAgainstSample,
  noiseVarianceWithoutRoot,
  priorKlWithoutRoot,
  varianceWithoutContraction,
} from '../mistakes.ts';
import { D2, D16, example, linear1000, type Row, value } from './common.ts';

const zero = [0, 0, 0, 0];

export const processRows: Record<number, Row> = {
  2: () => [
    value('Var x_T without the contraction, linear', varianceWithoutContraction(linear1000())),
    value('Var x_T with it', linear1000().alphaBar[1000] + linear1000().noiseVariance[1000]),
  ],
  3: () => {
    const fresh = samplingProbabilities({ schedule: example(), data: D16, variance: 'exact' });
    const own = recovery({ schedule: example(), data: D16 }, 2)!;
    return [
      value('fresh noise gives a certain image', fresh.probabilities[0]),
      value('posterior sample from the true x_2 gives x_0 back', own.sample),
      value('the likeliest image given the true x_2 is x_0', own.map),
    ];
  },
  4: () => [
    value('SNR_T, linear', linear1000().snr[1000]),
    value('SNR_T, cosine', makeSchedule('cosine', 1000).snr[1000]),
    value('SNR_T, scaled linear (Stable Diffusion)', makeSchedule('scaledLinear', 1000).snr[1000]),
    value('SNR_T, β = 0.1, 0.2', example().snr[2]),
  ],
  6: () =>
    [
      { name: 'β = 0.1, 0.2', schedule: example() },
      ...SCHEDULE_KINDS.map((kind) => ({
        name: SCHEDULE_NAMES[kind],
        schedule: makeSchedule(kind, 20),
      })),
    ]
      .map(({ name, schedule }) => {
        const law = samplingProbabilities({ schedule, data: D2, variance: 'betaTilde' });
        return value(`share of a among {a, −a}: ${name}, T = ${schedule.T}`, law.probabilities[0]);
      })
      .concat(
        value(
          'of data with seven a in ten: β = 0.1, 0.2, exact reverse kernel',
          samplingProbabilities({
            schedule: example(),
            data: D2,
            weights: [0.7, 0.3],
            variance: 'exact',
          }).probabilities[0],
        ),
      ),
  7: () => [value('corr(x_0, x_2) of a ±1 pixel', Math.sqrt(example().alphaBar[2]))],
  8: () => [value('noise variance at t = 0', example().noiseVariance[0])],
  11: () => [
    value('signal left, √ᾱ, at t = 1', Math.sqrt(example().alphaBar[1])),
    value('signal left, √ᾱ, at t = 2', Math.sqrt(example().alphaBar[2])),
  ],
  13: () => {
    const schedule = linear1000();
    return [
      value('noise variance at T with β ε', noiseVarianceWithoutRoot(schedule)[1000]),
      value('noise variance at T with √β ε', schedule.noiseVariance[1000]),
      value('KL of that noise to N(0, 1), nats', priorKlWithoutRoot(schedule, 0)),
      value('KL of a ±1 pixel to N(0, 1), nats', priorKlWithoutRoot(schedule, 1)),
    ];
  },
  15: () => {
    const [mixture] = reverseLines({ schedule: example(), data: [[1], [-1]] }, [0], 2)!;
    const [lower, upper] = mixtureModes(mixture);
    return [
      value('upper mode of q(x_1 | x_2 = 0)', upper),
      value('lower mode', lower),
      value('mean of the upper of its two bells', Math.max(...Array.from(mixture.means))),
      value('σ of each', Math.sqrt(mixture.variances[0])),
    ];
  },
  16: () => [
    value(
      'KL(q(x_1 | x_2 = 0) ‖ matched Gaussian) per pixel, nats',
      klToBestGaussian({ schedule: example(), data: D16 }, zero, 2)! / 4,
    ),
  ],
  20: () => [
    value('E‖x_0 − x_T‖², 28×28, linear', 784 * lossAgainstNoise(linear1000(), 1)),
    value('a perfect sampler scores on the 16 images', lossAgainstSample(D16, D16)),
    value('constant grey scores on them', lossAgainstSample(D16, [zero])),
  ],
  21: () => [
    value('checkerboard contrast after a blur of σ = 1 pixel', checkerboardContrast(1)),
    value('after one step at β = 0.1', Math.sqrt(scheduleFromBetas([0.1]).alphaBar[1])),
  ],
  22: () => [value('α_2 β_1 + β_2', 0.8 * example().beta[1] + example().beta[2])],
  40: () => {
    const mmse = finiteDenoiser({ schedule: example(), data: D16 }).mmse(2);
    return [
      value('E‖x_0 − E[x_0|x_2]‖² on the 16 images', mmse),
      value('the same for a posterior sample', posteriorSampleError()),
    ];
  },
  41: () => {
    const known = new Map([[0, 1]]);
    const law = (variance: 'betaTilde' | 'exact') =>
      replacementProbabilities({ schedule: example(), data: D2, known, variance })[0];
    return [
      value('{a, −a}, one known pixel: the exact answer', exactInpainting()),
      value('replacement at T = 2, Gaussian step with β̃', law('betaTilde')),
      value('replacement at T = 2, exact reverse kernel', law('exact')),
    ];
  },
  48: () => [
    value('network evaluations of a GAN', 1),
    value('network evaluations of DDPM', timesteps(1000, 1000).length - 1),
  ],
  49: () => {
    const schedule = example();
    const [mean, variance] = [Math.sqrt(schedule.alphaBar[1]), schedule.noiseVariance[1]];
    const pixel = { weights: [0.5, 0.5], means: [mean, -mean], variances: [variance, variance] };
    const wide = forwardReverseKl(pixel, 0, 1);
    const mode = asMixture(mean, variance);
    return [
      value('KL(q ‖ N(0, 1))', wide.forward),
      value('KL(q ‖ one mode)', klMixtures(pixel, mode)),
      value('KL(N(0, 1) ‖ q)', wide.reverse),
      value('KL(one mode ‖ q)', klMixtures(mode, pixel)),
    ];
  },
};

/**
 * E‖x_0 − x'‖² with x' a second draw of the posterior, pixel by pixel: the two differ by 2 with
 * probability 1 − Σq², and the chance that all four pixels agree is recovery's `sample`.
 */
function posteriorSampleError(): number {
  const agree = recovery({ schedule: example(), data: [[1], [-1]] }, 2)!.sample;
  return 4 * 4 * (1 - agree);
}

/** P(a | first pixel = 1) for D2 by counting: only a has it. */
function exactInpainting(): number {
  const fitting = D2.filter((image) => image[0] === 1);
  return fitting.filter((image) => image === D2[0]).length / fitting.length;
}
