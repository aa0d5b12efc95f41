/**
 * The bug lab: mistakes that are made in real diffusion code, as switches. Each is one small change of the
 * right program, named here with the sentence that says what it breaks. No TensorFlow.js in this file.
 */
export const BUGS = {
  betaNotSqrt: 'adds β·ε instead of √β·ε: the noise level that the network is told is wrong',
  wrongAlphaBar: 'uses ᾱ_{t+1} where ᾱ_t belongs when it noises the data',
  noTimeEmbedding: 'the network never hears which t it is looking at',
  unscaledData: 'images stay in [0, 1] instead of [-1, 1]',
  noWarmupNoClip: 'no learning-rate warm-up, no gradient clipping, ten times the learning rate',
  noEma: 'samples are drawn with the raw weights of the last step',
  noClip: 'x̂_0 is not clipped while sampling',
  ddimOffByOne: 'DDIM uses ᾱ_{t-1} of the full chain instead of ᾱ of the next stride',
  wrongEta: 'adds DDIM noise σ z but does not take σ² out of the direction term',
  noiseAtLastStep: 'adds noise after the last step too, instead of z = 0 at t = 1',
} as const;

export type BugName = keyof typeof BUGS;
export const BUG_NAMES = Object.keys(BUGS) as BugName[];
