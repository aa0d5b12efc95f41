/** Weight 1 on the squared error of one target: DDPM's L_simple (eq. 14) is that of ε. */
import { chainObjective } from './chain.ts';

/** 1 on whatever is predicted. */
export const simpleObjective = chainObjective('simple: 1');

/** As if ε, x_0 or v were predicted with weight 1. "Predict ε with weight 1" is a weighting of x_0: its signal-to-noise ratio. */
export const epsilonObjective = chainObjective('simple, on ε', (t, { snr }) => snr[t]);
export const x0Objective = chainObjective('simple, on x₀', () => 1);
export const velocityObjective = chainObjective('simple, on v', (t, s) => 1 / s.noiseVariance[t]);
