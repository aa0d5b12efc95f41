/** The exact worker's answers about guidance. */
import { bellEnds, pointEnds } from '../../plots/sampling/guidance.ts';
import type { GuidanceAnswer, GuidanceRequest } from './protocol.ts';

export const computeGuidance = ({ kind, g }: GuidanceRequest): GuidanceAnswer =>
  kind === 'bells' ? { bells: bellEnds(g) } : { points: pointEnds(g) };
