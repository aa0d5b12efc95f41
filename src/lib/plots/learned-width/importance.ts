/** Three laws of t for the same estimate of the bound, and how far the estimates scatter. Pure. */
import {
  coinErrorMoments,
  coinTerm,
  coinTermMoments,
  type TermMoments,
} from '../../math/bound/coinTerms.ts';
import { bestVariance } from '../../math/bound/learnedVariance.ts';
import type { Rng } from '../../math/numerics/rng.ts';
import { createRng } from '../../math/numerics/rng.ts';
import { estimateVariance, timeImportance } from '../../math/objectives/timeImportance.ts';
import { firstVariance } from '../../math/process/firstVariance.ts';
import type { Schedule } from '../../math/process/schedule.ts';

export const IMPORTANCE_WIDTHS = ['betaTilde', 'beta', 'best'] as const;
export type ImportanceWidth = (typeof IMPORTANCE_WIDTHS)[number];
export const LAWS = ['uniform', 'importance', 'history'] as const;
export type LawName = (typeof LAWS)[number];

export interface Setting {
  schedule: Schedule;
  width: ImportanceWidth;
  /** Pixels of an image. */
  dimension: number;
}

/** σ_t² for t = 1 … T; at t = 1 that of the published code. */
export function widthOf({ schedule, width }: Setting): (t: number) => number {
  const first = firstVariance(schedule, 'betaTilde2');
  const at = {
    betaTilde: (t: number) => schedule.posteriorVariance[t],
    beta: (t: number) => schedule.beta[t],
    best: (t: number) => bestVariance(schedule, t, coinErrorMoments(schedule.snr[t])[0]),
  }[width];
  return (t) => (t === 1 ? first : at(t));
}

export const momentsOf = (setting: Setting): TermMoments =>
  coinTermMoments(setting.schedule, widthOf(setting), setting.dimension);

const noises = (rng: Rng, dimension: number) => rng.fillNormal(new Float64Array(dimension));

/** p_t of every law, indexed from 0: all alike; ∝ √E[L_t²]; and that from the last `kept` losses of each t, as it is trained. */
export function lawsOf(
  setting: Setting,
  moments: TermMoments,
  kept: number,
  seed: number,
): Record<LawName, Float64Array> {
  const { schedule, dimension } = setting;
  const sigma2 = widthOf(setting);
  const rng = createRng(seed).fork('history');
  const losses = Array.from({ length: schedule.T }, (_, i) => {
    const variance = sigma2(i + 1);
    return Array.from({ length: kept }, () =>
      coinTerm(schedule, i + 1, variance, noises(rng, dimension)),
    );
  });
  const ideal = Array.from(moments.square, (square) => [Math.sqrt(square)]);
  return {
    uniform: new Float64Array(schedule.T).fill(1 / schedule.T),
    importance: timeImportance(ideal, { uniform: 0 }).probabilities,
    history: timeImportance(losses, { kept }).probabilities,
  };
}

/** The standard deviation of one draw's estimate in bits per dimension, and how many draws of the uniform law one is worth. */
export function scatterOf(moments: TermMoments, laws: Record<LawName, Float64Array>, bits: number) {
  const variance = (name: LawName) => estimateVariance(moments, laws[name]);
  const even = variance('uniform');
  return Object.fromEntries(
    LAWS.map((name) => {
      const own = variance(name);
      return [name, { deviation: bits * Math.sqrt(own), gain: even / own }];
    }),
  ) as Record<LawName, { deviation: number; gain: number }>;
}

export interface Estimate {
  law: LawName;
  /** Its place among the estimates of that law, 0 … 1. */
  place: number;
  value: number;
}

/** Estimates of Σ L_t, each the mean over a batch of draws of t and noise; times `bits`. */
export function estimates(
  setting: Setting,
  laws: Record<LawName, Float64Array>,
  { count, batch, seed, bits }: { count: number; batch: number; seed: number; bits: number },
): Estimate[] {
  const { schedule, dimension } = setting;
  const sigma2 = Array.from({ length: schedule.T }, (_, i) => widthOf(setting)(i + 1));
  return LAWS.flatMap((law) => {
    const p = laws[law];
    const rng = createRng(seed).fork(law);
    return Array.from({ length: count }, (_, k) => {
      let sum = 0;
      for (let n = 0; n < batch; n++) {
        const i = draw(p, rng.uniform());
        sum += coinTerm(schedule, i + 1, sigma2[i], noises(rng, dimension)) / p[i];
      }
      return { law, place: (k + 0.5) / count, value: (bits * sum) / batch };
    });
  });
}

/** The index whose share of [0, 1) holds u. */
function draw(p: Float64Array, u: number): number {
  let i = 0;
  for (let rest = u; i < p.length - 1 && rest >= p[i]; i++) rest -= p[i];
  return i;
}
