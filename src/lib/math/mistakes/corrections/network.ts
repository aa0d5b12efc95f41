/** Rows on the network and on measuring samples. */

import { estimate } from '../../exact/vectorChannel.ts';
import { fitGaussian, frechetDistance } from '../../judge/frechet.ts';
import { frechetBias } from '../../judge/frechetBias.ts';
import { inceptionScore } from '../../judge/inceptionScore.ts';
import { mmd2FiniteToNormal } from '../../judge/kernelLaws.ts';
import { identity, meanCovariance } from '../../numerics/linalg.ts';
import { createRng, type Rng } from '../../numerics/rng.ts';
import { rawTimeEmbedding, rawTimeEmbeddingRms } from '../embedding.ts';
import { type TutorialUnetOptions, traceTutorialUnet, tutorialUnetRuns } from '../tutorialUnet.ts';
import { type CorrectionValue, D16, type Row, value } from './common.ts';

export const networkRows: Record<number, Row> = {
  30: () =>
    [1, 1000].flatMap((t) => [
      mean(
        `mean std of the embedding over initialisations, t = ${t}`,
        embeddingStds(t, createRng('embedding')),
      ),
      value(`root mean square, exact, t = ${t}`, rawTimeEmbeddingRms(t, 16)),
    ]),
  31: () => [
    value('t of shape [B]', error({ layers: 1, time: 'floatVector' })),
    value('t of integers', error({ layers: 1, time: 'intColumn' })),
  ],
  32: () => [value('concatenating [B, D] to [B, C, H, W]', error({ layers: 1 }))],
  33: () =>
    [1, 2, 3, 4].map((layers) =>
      value(`28², ${halvings(layers)}`, error({ layers, broadcastEmbedding: true })),
    ),
  34: () =>
    [28, 32].map((imageSize) => {
      const runs = (layers: number) =>
        tutorialUnetRuns({ imageSize, layers, broadcastEmbedding: true, mendChannels: true });
      let most = 0;
      while (runs(most + 1)) most++;
      return value(`most halvings that run with the mend, ${imageSize}²`, most);
    }),
  35: () => {
    const { lines } = traceTutorialUnet({ imageSize: 28, layers: 1, broadcastEmbedding: true });
    const finest = lines.find((line) => line.layer === 'down 0')!;
    return [value('side of the finest skip of a 28² image', finest.shape[2])];
  },
  36: () =>
    [1, 3].map((layers) =>
      value(
        `parameters with ${halvings(layers)}, hidden width 32, embedding 16`,
        traceTutorialUnet({ imageSize: 28, layers }).parameters,
      ),
    ),
  53: () => {
    const oneHot = [0, 1, 2].map((hot) => [0, 1, 2].map((c) => Number(c === hot)));
    return [
      value('one-hot over 3 classes', inceptionScore(oneHot)),
      value('a collapsed generator', inceptionScore([oneHot[0], oneHot[0], oneHot[0]])),
    ];
  },
  54: () =>
    [
      [50, 400],
      [200, 100],
      [1000, 20],
    ].map(([n, repeats]) => {
      const bias = frechetBias(16, n, repeats, createRng('frechet bias'));
      return value(
        `mean Fréchet distance of two samples of one law, d = 16, n = ${n}`,
        bias.value,
        bias.standardError,
      );
    }),
  55: () => {
    const normal = { mean: new Float64Array(4), covariance: identity(4) };
    return [
      value('Fréchet distance, {±1}⁴ to N(0, I)', frechetDistance(meanCovariance(D16), normal)),
      value('kernel distance, {±1}⁴ to N(0, I)', mmd2FiniteToNormal(D16)),
      value(
        'for comparison: Fréchet distance to half of them',
        frechetDistance(fitGaussian(D16.slice(8)), normal),
      ),
    ];
  },
};

function error(options: Omit<TutorialUnetOptions, 'imageSize'>): string {
  return traceTutorialUnet({ imageSize: 28, ...options }).error ?? 'runs';
}

const halvings = (layers: number): string => `${layers} ${layers === 1 ? 'halving' : 'halvings'}`;

/**
 * Standard deviation over the 16 outputs (n − 1), of each of 20,000 initialisations. Their mean is below
 * `rawTimeEmbeddingRms`: given the hidden layer the outputs are independent with mean 0, so the mean of the *squares* is
 * its square, and a root's mean is at most the root of the mean.
 */
function embeddingStds(t: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: 20_000 }, () => {
    const output = rawTimeEmbedding(t, 16, rng);
    const centre = output.reduce((a, b) => a + b, 0) / 16;
    return Math.sqrt(output.reduce((s, v) => s + (v - centre) ** 2, 0) / 15);
  });
}

/** An average as a value, with the standard error that its draws show. */
function mean(label: string, draws: Float64Array): CorrectionValue {
  const found = estimate(draws);
  return value(label, found.value, found.standardError);
}
