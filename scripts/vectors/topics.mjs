/** The topics that floor 0 has code for: the name in a file's `meta.topic`, and the module that judges it. */
import * as cfg from './cfg.mjs';
import * as dpmSolver from './dpmSolver.mjs';
import * as edm from './edm.mjs';
import * as fid from './fid.mjs';
import * as flowMatching from './flowMatching.mjs';
import * as inceptionScore from './inceptionScore.mjs';
import * as kid from './kid.mjs';
import * as learnedVariance from './learnedVariance.mjs';
import * as likelihood from './likelihood.mjs';
import * as pfOde from './pfOde.mjs';
import * as posteriorSampling from './posteriorSampling.mjs';
import * as repaint from './repaint.mjs';
import * as samplers from './samplers.mjs';
import * as sde from './sde.mjs';

/**
 * `parts`: what such a file must hold besides `meta`; `inputs`: the places of its inputs: every other number is a
 * reference, and told as not built yet where it is not compared (notBuilt.mjs); `judge(file, judged)`: see judge.mjs.
 */
export const TOPICS = {
  samplers,
  learned_variance: learnedVariance,
  sde,
  pf_ode: pfOde,
  dpm_solver: dpmSolver,
  edm,
  likelihood,
  flow_matching: flowMatching,
  cfg,
  repaint,
  posterior_sampling: posteriorSampling,
  fid,
  kid,
  inception_score: inceptionScore,
};
