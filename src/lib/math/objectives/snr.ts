/** Weights on x_0 that are functions of the signal-to-noise ratio alone. */
import { chainObjective } from './chain.ts';

/** min(SNR, γ), γ = 5 (Hang et al. 2303.09556). */
export const minSnrObjective = chainObjective('min-SNR-5', (t, { snr }) => Math.min(snr[t], 5));

/** max(SNR, 1) (Salimans & Ho 2202.00512). */
export const truncatedSnrObjective = chainObjective('truncated SNR', (t, { snr }) =>
  Math.max(snr[t], 1),
);

/** SNR/(1 + SNR), that is 1/(1 + SNR) on ε (Choi et al. 2204.00227, k = γ = 1). */
export const p2Objective = chainObjective('P2', (t, { snr }) => snr[t] / (1 + snr[t]));
