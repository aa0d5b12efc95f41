/** Named formulas of the book, shared by both languages. `code` names the tested function that computes each. */
export interface FormulaSymbol {
  tex: string;
  meaning: string;
  /** Key of the page's live state that shows this symbol's value now. */
  live?: string;
}
export interface Formula {
  title: string;
  tex: string;
  code?: string;
  symbols?: Record<string, FormulaSymbol>;
}

export const formulas: Record<string, Formula> = {
  bell: {
    title: 'The bell curve: the density of a normal distribution',
    tex: '\\N(\\sym{x}{x};\\,\\sym{mean}{\\mu},\\sym{sigma}{\\sigma}^2)=\\sym{height}{\\frac{1}{\\sqrt{2\\pi}\\,\\sigma}}\\;\\sym{fall}{e^{-(x-\\mu)^2/2\\sigma^2}}',
    code: 'math/numerics/gaussian.ts#normalPdf',
    symbols: {
      x: { tex: 'x', meaning: 'where we look: any number' },
      mean: { tex: '\\mu', meaning: 'the mean: where the top is', live: 'bellMean' },
      sigma: {
        tex: '\\sigma',
        meaning: 'the standard deviation: how wide it is; its square is the variance',
        live: 'bellDeviation',
      },
      height: {
        tex: '\\tfrac{1}{\\sqrt{2\\pi}\\,\\sigma}',
        meaning: 'the height of the top, such that the area under the curve is 1',
        live: 'bellHeight',
      },
      fall: {
        tex: 'e^{-(x-\\mu)^2/2\\sigma^2}',
        meaning:
          'how much of that height is left at x: 1 at the top, 0.607 one standard deviation away',
      },
    },
  },
  forwardStep: {
    title: 'One step of the forward chain',
    tex: '\\begin{aligned}\\sym{xt}{\\x_t} &= \\sqrt{1-\\sym{beta}{\\beta_t}}\\,\\sym{xprev}{\\x_{t-1}} + \\sqrt{\\sym{beta}{\\beta_t}}\\,\\sym{eps}{\\eps_t},\\\\ \\sym{eps}{\\eps_t}&\\sim\\sym{normal}{\\N(\\mathbf 0,\\I)}\\end{aligned}',
    code: 'math/process/forward.ts#forwardStep',
    symbols: {
      xt: { tex: '\\x_t', meaning: 'the image after t steps' },
      xprev: { tex: '\\x_{t-1}', meaning: 'the image one step earlier' },
      beta: {
        tex: '\\beta_t',
        meaning: 'the variance of the noise added at step t, between 0 and 1',
        live: 'beta',
      },
      eps: {
        tex: '\\eps_t',
        meaning: 'fresh standard normal noise: one independent number for each pixel and step',
      },
      normal: {
        tex: '\\N(\\mathbf 0,\\I)',
        meaning:
          'the standard normal distribution: mean 0 and variance 1 in every pixel, all independent',
      },
    },
  },
  residualBlock: {
    title: 'A residual block',
    tex: '\\begin{aligned}\\sym{h}{\\mathbf h}&=\\mathrm{conv}_1\\!\\big(\\mathrm{silu}(\\mathrm{GN}(\\sym{x}{\\x}))\\big)+\\sym{wt}{W_t}\\,\\mathrm{silu}(\\sym{emb}{\\mathbf e(t)})\\\\ \\sym{y}{\\mathbf y}&=\\mathrm{conv}_2\\!\\big(\\mathrm{silu}(\\mathrm{GN}(\\sym{h}{\\mathbf h}))\\big)+\\sym{skip}{\\mathrm{skip}(\\x)}\\end{aligned}',
    symbols: {
      x: { tex: '\\x', meaning: 'what comes into the block: a stack of channels' },
      h: { tex: '\\mathbf h', meaning: 'the result half-way through' },
      y: { tex: '\\mathbf y', meaning: 'what leaves the block' },
      wt: {
        tex: 'W_t',
        meaning: 'a linear layer: from the 64 numbers of the time to one number for each channel',
      },
      emb: {
        tex: '\\mathbf e(t)',
        meaning: 'the time embedding: 64 numbers that say where in the chain we are',
      },
      skip: {
        tex: '\\mathrm{skip}(\\x)',
        meaning:
          'the input itself, or a 1×1 convolution of it where the number of channels changes',
      },
    },
  },
  timeEmbedding: {
    title: 'Sinusoidal time embedding',
    tex: '\\begin{aligned}\\sym{f}{\\mathbf f(t)}&=\\big[\\sin(\\sym{omega}{\\omega_k}\\sym{tau}{\\tau}),\\;\\cos(\\sym{omega}{\\omega_k}\\sym{tau}{\\tau})\\big]_{k=0}^{31},\\\\ \\sym{tau}{\\tau}&=1000\\,t/T,\\qquad\\omega_k=10000^{-k/32}\\end{aligned}',
    code: 'math/process/timeFeatures.ts#timeFeatures',
    symbols: {
      f: { tex: '\\mathbf f(t)', meaning: 'the 64 numbers that stand for the time t' },
      omega: {
        tex: '\\omega_k',
        meaning: 'the k-th angular frequency: 1 for k = 0, then ever slower',
      },
      tau: {
        tex: '\\tau',
        meaning: 'the time on a scale of 1000 steps, whatever the length T of the chain',
      },
    },
  },
  reverseBayes: {
    title: 'The reverse step by Bayes’ rule',
    tex: '\\sym{rev}{q(\\x_{t-1}\\mid\\x_t)} = \\frac{\\sym{fwd}{q(\\x_t\\mid\\x_{t-1})}\\;\\sym{prior}{q(\\x_{t-1})}}{\\sym{evidence}{q(\\x_t)}}',
    symbols: {
      rev: {
        tex: 'q(\\x_{t-1}\\mid\\x_t)',
        meaning: 'the true reverse step: where was it, given where it is',
      },
      fwd: { tex: 'q(\\x_t\\mid\\x_{t-1})', meaning: 'the forward step, which we chose ourselves' },
      prior: {
        tex: 'q(\\x_{t-1})',
        meaning: 'the density of noisy images at time t−1, over all data',
      },
      evidence: {
        tex: 'q(\\x_t)',
        meaning: 'the same at time t; it makes the area under the left side 1',
      },
    },
  },
  marginal: {
    title: 'The density of noisy images',
    tex: '\\begin{aligned}q(\\x_t) &= \\int q(\\x_t\\mid\\x_0)\\,q(\\x_0)\\,\\dd\\x_0\\\\ &= \\sum_{k} \\sym{w}{w_k}\\,\\N\\bigl(\\x_t;\\,\\sqrt{\\abar_t}\\,\\sym{xk}{\\x^{(k)}},\\,(1-\\abar_t)\\I\\bigr)\\end{aligned}',
    symbols: {
      w: { tex: 'w_k', meaning: 'the probability of image k in the data' },
      xk: { tex: '\\x^{(k)}', meaning: 'image k of a finite data set' },
    },
  },
  reverseMixture: {
    title: 'The true reverse step of a finite data set',
    tex: '\\begin{aligned}q(\\x_{t-1}\\mid\\x_t) &= \\sum_k \\sym{g}{\\gamma_k(\\x_t)}\\;\\N\\bigl(\\x_{t-1};\\,\\sym{a}{a_t}\\,\\x^{(k)}+\\sym{b}{b_t}\\,\\x_t,\\;\\sym{var}{\\tilde\\beta_t}\\I\\bigr),\\\\ \\gamma_k(\\x_t)&\\propto w_k\\,q(\\x_t\\mid\\x^{(k)})\\end{aligned}',
    code: 'math/exact/reverse.ts#reverseKernel',
    symbols: {
      g: {
        tex: '\\gamma_k(\\x_t)',
        meaning: 'the probability that image k is behind the noisy image',
      },
      a: { tex: 'a_t', meaning: 'the share of the clean image: √ᾱ_{t−1} β_t / (1−ᾱ_t)' },
      b: { tex: 'b_t', meaning: 'the share of the noisy image: √(1−β_t) (1−ᾱ_{t−1}) / (1−ᾱ_t)' },
      var: { tex: '\\tilde\\beta_t', meaning: 'the posterior variance: β_t (1−ᾱ_{t−1}) / (1−ᾱ_t)' },
    },
  },
  klDivergence: {
    title: 'Kullback–Leibler divergence',
    tex: '\\KL(\\sym{p}{p}\\,\\|\\,\\sym{q}{q}) = \\E_{x\\sim p}\\bigl[\\log p(x)-\\log q(x)\\bigr] = \\E_{x\\sim p}\\Bigl[\\log\\frac{p(x)}{q(x)}\\Bigr]\\;\\ge\\;0',
    code: 'math/numerics/gaussian.ts#klMixtures',
    symbols: {
      p: { tex: 'p', meaning: 'the truth: the average is taken over its draws' },
      q: { tex: 'q', meaning: 'the belief that is put to the test' },
    },
  },
  posterior: {
    title: 'The reverse step when the clean image is known',
    tex: '\\begin{aligned}q(\\x_{t-1}\\mid\\x_t,\\x_0) &= \\N\\bigl(\\x_{t-1};\\;\\tilde{\\boldsymbol\\mu}_t(\\x_t,\\x_0),\\;\\sym{var}{\\tilde\\beta_t}\\,\\I\\bigr)\\\\[0.4em] \\tilde{\\boldsymbol\\mu}_t(\\x_t,\\x_0) &= \\underbrace{\\sym{a}{\\frac{\\sqrt{\\abar_{t-1}}\\,\\beta_t}{1-\\abar_t}}}_{a_t}\\,\\x_0+\\underbrace{\\sym{b}{\\frac{\\sqrt{1-\\beta_t}\\,(1-\\abar_{t-1})}{1-\\abar_t}}}_{b_t}\\,\\x_t\\\\[0.2em] \\tilde\\beta_t&=\\frac{1-\\abar_{t-1}}{1-\\abar_t}\\,\\beta_t\\end{aligned}',
    code: 'math/process/posterior.ts#posterior',
    symbols: {
      a: {
        tex: 'a_t',
        meaning: 'the share of the clean image (the fraction before x₀)',
        live: 'x0Coefficient',
      },
      b: {
        tex: 'b_t',
        meaning: 'the share of the noisy image (the fraction before x_t)',
        live: 'xtCoefficient',
      },
      var: { tex: '\\tilde\\beta_t', meaning: 'the posterior variance', live: 'posteriorVariance' },
    },
  },
  reverseMean: {
    title: 'The mean of the true reverse step',
    tex: '\\E[\\x_{t-1}\\mid\\x_t] = a_t\\,\\sym{den}{\\E[\\x_0\\mid\\x_t]} + b_t\\,\\x_t',
    code: 'math/exact/finite.ts#finiteDenoiser',
    symbols: {
      den: {
        tex: '\\E[\\x_0\\mid\\x_t]',
        meaning: 'the denoiser: the average clean image behind a noisy one',
      },
    },
  },
  entropy: {
    title: 'Entropy',
    tex: 'H(q) = \\E_{\\x\\sim q}\\bigl[-\\log q(\\x)\\bigr] = -\\sum_k \\sym{w}{w_k}\\log w_k',
    code: 'math/exact/finiteData.ts#entropy',
    symbols: {
      w: { tex: 'w_k', meaning: 'the probability of image k in the data' },
    },
  },
  jensen: {
    title: 'Jensen’s inequality for the logarithm',
    tex: '\\E[\\log \\sym{y}{Y}] \\;\\le\\; \\log \\E[Y]',
    symbols: {
      y: { tex: 'Y', meaning: 'any positive random number; equality only if it is constant' },
    },
  },
  pathIntegral: {
    title: 'The model’s probability of an image: all paths that end at it',
    tex: 'p_\\theta(\\x_0) = \\int \\sym{prior}{p(\\x_T)}\\prod_{t=1}^{T}\\sym{step}{p_\\theta(\\x_{t-1}\\mid\\x_t)}\\;\\dd\\x_{1:T}',
    symbols: {
      prior: { tex: 'p(\\x_T)', meaning: 'the start of sampling: N(0, I)' },
      step: {
        tex: 'p_\\theta(\\x_{t-1}\\mid\\x_t)',
        meaning: 'the model’s reverse step, a bell around the network’s mean',
      },
    },
  },
  elbo: {
    title: 'The evidence lower bound',
    tex: '\\log p_\\theta(\\x_0)\\;\\ge\\;\\sym{elbo}{\\mathrm{ELBO}(\\x_0)} := \\E_{\\sym{q}{q(\\x_{1:T}\\mid\\x_0)}}\\left[\\log\\frac{p_\\theta(\\x_{0:T})}{q(\\x_{1:T}\\mid\\x_0)}\\right]',
    symbols: {
      elbo: {
        tex: '\\mathrm{ELBO}',
        meaning: 'a number that is never above the log-probability, and that can be averaged',
      },
      q: {
        tex: 'q(\\x_{1:T}\\mid\\x_0)',
        meaning: 'the forward chain from x₀: fixed, without parameters',
      },
    },
  },
  elboIdentity: {
    title: 'The bound as an identity',
    tex: '\\log p_\\theta(\\x_0) = \\mathrm{ELBO}(\\x_0) + \\sym{gap}{\\KL\\bigl(q(\\x_{1:T}\\mid\\x_0)\\,\\|\\,p_\\theta(\\x_{1:T}\\mid\\x_0)\\bigr)}',
    symbols: {
      gap: {
        tex: '\\KL',
        meaning: 'how differently the forward chain and the model explain the image',
      },
    },
  },
  elboAverage: {
    title: 'The bound, averaged over the data',
    tex: '\\E_{q(\\x_0)}\\bigl[-\\mathrm{ELBO}(\\x_0)\\bigr] = \\sym{h}{H(q)} + \\sym{kl}{\\KL\\bigl(q(\\x_{0:T})\\,\\|\\,p_\\theta(\\x_{0:T})\\bigr)}',
    symbols: {
      h: { tex: 'H(q)', meaning: 'the entropy of the data: a floor that no model changes' },
      kl: { tex: '\\KL', meaning: 'the divergence of the whole chains, data to noise' },
    },
  },
  boundTerms: {
    title: 'The bound, term by term',
    tex: '\\begin{aligned}-\\mathrm{ELBO} = {}&\\underbrace{\\sym{LT}{\\KL\\bigl(q(\\x_T\\mid\\x_0)\\,\\|\\,p(\\x_T)\\bigr)}}_{L_T} \\;\\underbrace{\\sym{L0}{-\\,\\E_q\\log p_\\theta(\\x_0\\mid\\x_1)}}_{L_0}\\\\ &+ \\sum_{t=2}^{T}\\underbrace{\\sym{Lt}{\\E_q\\,\\KL\\bigl(q(\\x_{t-1}\\mid\\x_t,\\x_0)\\,\\|\\,p_\\theta(\\x_{t-1}\\mid\\x_t)\\bigr)}}_{L_{t-1}}\\end{aligned}',
    symbols: {
      LT: {
        tex: 'L_T',
        meaning:
          'the prior term: how far this image’s noisy end is from pure noise; no network in it',
      },
      Lt: {
        tex: 'L_{t-1}',
        meaning: 'the diffusion term of step t: model against posterior, two bells',
      },
      L0: { tex: 'L_0', meaning: 'the reconstruction term: the clean image from x₁' },
    },
  },
  priorParts: {
    title: 'The two parts of the prior term',
    tex: '\\E_{q(\\x_0)}[L_T] = \\underbrace{\\sym{info}{\\E\\left[\\log\\frac{q(\\x_T\\mid\\x_0)}{q(\\x_T)}\\right]}}_{I(\\x_0;\\x_T)} + \\underbrace{\\sym{start}{\\KL\\bigl(q(\\x_T)\\,\\|\\,p(\\x_T)\\bigr)}}_{\\text{the wrong start}}',
    code: 'math/bound/priorParts.ts#priorParts',
    symbols: {
      info: {
        tex: 'I(\\x_0;\\x_T)',
        meaning: 'mutual information: what the noisy end still tells about the image',
      },
      start: {
        tex: '\\KL',
        meaning:
          'how far the noisy ends of all images together are from the noise that sampling starts from',
      },
    },
  },
  boundByMarginals: {
    title: 'The bound, sorted by whose fault it is',
    tex: '\\begin{aligned}\\E[-\\mathrm{ELBO}] = {}&\\sym{start}{\\KL\\bigl(q(\\x_T)\\,\\|\\,p(\\x_T)\\bigr)} + \\sym{h}{H(\\x_0)}\\\\ &+ \\sum_{t=1}^{T}\\sym{step}{\\E_q\\,\\KL\\bigl(q(\\x_{t-1}\\mid\\x_t)\\,\\|\\,p_\\theta(\\x_{t-1}\\mid\\x_t)\\bigr)}\\end{aligned}',
    code: 'math/bound/marginalBound.ts#boundByMarginals',
    symbols: {
      start: { tex: '\\KL(q(\\x_T)\\,\\|\\,p)', meaning: 'the fault of the start' },
      step: {
        tex: '\\KL(q(\\x_{t-1}\\mid\\x_t)\\,\\|\\,p_\\theta)',
        meaning: 'the fault of the step from t: model against the true reverse step, without x₀',
      },
      h: { tex: 'H(\\x_0)', meaning: 'the entropy of the data: nobody’s fault' },
    },
  },
  klBells: {
    title: 'The divergence of two bells',
    tex: '\\begin{aligned}&\\KL\\bigl(\\N(m_1,v_1)\\,\\|\\,\\N(m_2,v_2)\\bigr)\\\\ &\\qquad= \\tfrac12\\left[\\sym{width}{\\log\\frac{v_2}{v_1}+\\frac{v_1}{v_2}-1}+\\sym{centre}{\\frac{(m_1-m_2)^2}{v_2}}\\right]\\end{aligned}',
    code: 'math/numerics/gaussian.ts#klGaussian',
    symbols: {
      width: {
        tex: '\\log\\tfrac{v_2}{v_1}+\\tfrac{v_1}{v_2}-1',
        meaning: 'the price of a wrong width: 0 for equal variances',
      },
      centre: {
        tex: '\\tfrac{(m_1-m_2)^2}{v_2}',
        meaning: 'the price of a wrong centre: squared distance, in units of the second variance',
      },
    },
  },
  meanLoss: {
    title: 'The diffusion term as a distance of means',
    tex: 'L_{t-1} = \\E\\left[\\frac{1}{2\\sym{sigma}{\\sigma_t^2}}\\bigl\\|\\sym{mu}{\\tilde{\\boldsymbol\\mu}_t(\\x_t,\\x_0)}-\\sym{muth}{\\boldsymbol\\mu_\\theta(\\x_t,t)}\\bigr\\|^2\\right]+\\text{const}',
    code: 'math/bound/elbo.ts#gaussianTerm',
    symbols: {
      sigma: {
        tex: '\\sigma_t^2',
        meaning: 'the variance chosen for the model’s bell: β̃_t, β_t, or another',
      },
      mu: {
        tex: '\\tilde{\\boldsymbol\\mu}_t',
        meaning: 'the mean of the posterior, which knows x₀',
      },
      muth: { tex: '\\boldsymbol\\mu_\\theta', meaning: 'the model’s mean, which knows only x_t' },
    },
  },
  denoisingLoss: {
    title: 'The diffusion term as a denoising loss',
    tex: 'L_{t-1} = \\tfrac12\\,\\sym{drop}{\\bigl(\\mathrm{SNR}_{t-1}-\\mathrm{SNR}_t\\bigr)}\\;\\E\\bigl\\|\\x_0-\\sym{x0}{\\hat{\\x}_0(\\x_t,t)}\\bigr\\|^2 \\qquad(\\sigma_t^2=\\tilde\\beta_t)',
    symbols: {
      drop: {
        tex: '\\mathrm{SNR}_{t-1}-\\mathrm{SNR}_t',
        meaning: 'the signal-to-noise ratio that step t destroys',
      },
      x0: { tex: '\\hat{\\x}_0', meaning: 'the network’s guess of the clean image' },
    },
  },
  conversion: {
    title: 'From any prediction to any other',
    tex: '\\text{target} = \\sym{p}{u}\\,\\x_t + \\sym{q}{w}\\,\\text{prediction}',
    code: 'math/process/parameterization.ts#conversionAt',
    symbols: {
      p: { tex: 'u', meaning: 'a number that depends on t and on the two kinds' },
      q: { tex: 'w', meaning: 'another one; both come from x_t = √ᾱ_t x₀ + √(1−ᾱ_t) ε' },
    },
  },
  epsilonLoss: {
    title: 'The diffusion term as an error of the noise',
    tex: 'L_{t-1} = \\E\\left[\\sym{w}{\\frac{\\beta_t^2}{2\\sigma_t^2(1-\\beta_t)(1-\\abar_t)}}\\;\\bigl\\|\\eps-\\sym{eps}{\\epsth(\\x_t,t)}\\bigr\\|^2\\right]+\\text{const}',
    code: 'math/objectives/bound.ts#vlbWeight',
    symbols: {
      w: { tex: 'w_t', meaning: 'the weight of the bound at step t' },
      eps: { tex: '\\epsth', meaning: 'the network’s guess of the noise in x_t' },
    },
  },
  firstTerm: {
    title: 'The last step as an error of the noise',
    tex: 'L_0 \\approx \\E\\left[\\sym{w}{\\frac{\\beta_1}{2\\sigma_1^2(1-\\beta_1)}}\\;\\bigl\\|\\eps-\\epsth(\\x_1,1)\\bigr\\|^2\\right]+\\text{const}',
    code: 'math/objectives/bound.ts#vlbWeight',
    symbols: {
      w: { tex: 'w_1', meaning: 'the weight at t = 1, where 1 − ᾱ₁ is β₁' },
    },
  },
  droppedWeight: {
    title: 'The loss that is trained: no weight, t at random',
    tex: 'L_{\\text{simple}} = \\E_{\\sym{t}{t},\\x_0,\\eps}\\Bigl[\\bigl\\|\\eps-\\epsth\\bigl(\\sqrt{\\abar_t}\\,\\x_0+\\sqrt{1-\\abar_t}\\,\\eps,\\;t\\bigr)\\bigr\\|^2\\Bigr]',
    symbols: {
      t: { tex: 't', meaning: 'uniform on 1, …, T, drawn anew for each image' },
    },
  },
  lossFloor: {
    title: 'The floor of the loss',
    tex: '\\E\\bigl\\|\\eps-\\sym{star}{\\eps^*(\\x_t,t)}\\bigr\\|^2 = \\frac{\\abar_t}{1-\\abar_t}\\;\\sym{mmse}{\\mathrm{mmse}_t}',
    code: 'math/exact/finite.ts#floorFactor',
    symbols: {
      star: { tex: '\\eps^*', meaning: 'the best possible guess, E[ε | x_t]' },
      mmse: {
        tex: '\\mathrm{mmse}_t',
        meaning: 'what the best denoiser still gets wrong, E‖x₀ − E[x₀|x_t]‖²',
      },
    },
  },
  simpleLoss: {
    title: 'The loss that is trained',
    tex: 'L_{\\text{simple}}(\\theta)=\\sym{mean}{\\E}_{\\sym{t}{t},\\,\\sym{x0}{\\x_0},\\,\\sym{eps}{\\eps}}\\Bigl\\|\\,\\eps-\\sym{net}{\\epsth}\\bigl(\\sqrt{\\abar_t}\\,\\x_0+\\sqrt{1-\\abar_t}\\,\\eps,\\;t\\bigr)\\Bigr\\|^2',
    code: 'tensor/ops/weightedMse.ts#weightedMse',
    symbols: {
      mean: { tex: '\\E', meaning: 'the average over everything that is written below it' },
      t: { tex: 't', meaning: 'a time, uniform in 1 … T, drawn anew for every image' },
      x0: { tex: '\\x_0', meaning: 'an image of the data' },
      eps: { tex: '\\eps', meaning: 'standard normal noise, one number for each pixel' },
      net: { tex: '\\epsth', meaning: 'the network: it sees the noisy image and t, nothing else' },
    },
  },
  movingAverage: {
    title: 'The average of the weights',
    tex: '\\bar\\theta \\leftarrow \\sym{decay}{\\mu}\\,\\bar\\theta+(1-\\mu)\\,\\sym{theta}{\\theta}',
    code: 'tensor/adam.ts#emaDecayAt',
    symbols: {
      decay: {
        tex: '\\mu',
        meaning: 'how much of the old average stays after one step, like 0.999',
      },
      theta: { tex: '\\theta', meaning: 'the weights after this step' },
    },
  },
  ancestralUpdate: {
    title: 'One step back, with fresh noise',
    tex: '\\begin{aligned}\\x_{t-1}&=\\underbrace{\\sym{mu}{\\frac{1}{\\sqrt{1-\\beta_t}}\\Bigl(\\x_t-\\frac{\\beta_t}{\\sqrt{1-\\abar_t}}\\,\\sym{net}{\\epsth(\\x_t,t)}\\Bigr)}}_{\\boldsymbol\\mu_\\theta(\\x_t,t)}+\\sym{sigma}{\\sigma_t}\\,\\sym{z}{\\z},\\\\ \\z&\\sim\\N(\\mathbf 0,\\I)\\text{ for }t>1,\\quad \\z=\\mathbf 0\\text{ at }t=1\\end{aligned}',
    code: 'math/samplers/ddpm.ts#ancestralStep',
    symbols: {
      mu: {
        tex: '\\boldsymbol\\mu_\\theta',
        meaning: 'the mean of the reverse step: part of the guessed noise is taken out',
      },
      net: { tex: '\\epsth', meaning: 'the network’s guess of the noise in x_t' },
      z: { tex: '\\z', meaning: 'fresh noise; none at the last step' },
      sigma: {
        tex: '\\sigma_t',
        meaning: 'the standard deviation of the step: σ² = β_t or σ² = β̃_t, as you choose',
      },
    },
  },
  ddimUpdate: {
    title: 'A step of any length, with as much noise as you like',
    tex: '\\begin{aligned}\\sym{s}{\\x_s}&=\\sqrt{\\abar_s}\\,\\sym{x0}{\\hat{\\x}_0}+\\sqrt{1-\\abar_s-\\sym{sigma}{\\sigma^2}}\\;\\sym{eps}{\\hat{\\eps}}+\\sigma\\,\\z,\\\\[0.3em] \\sym{sigma}{\\sigma^2}&=\\sym{eta}{\\eta}^2\\,\\frac{1-\\abar_s}{1-\\abar_t}\\Bigl(1-\\frac{\\abar_t}{\\abar_s}\\Bigr)\\end{aligned}',
    code: 'math/samplers/ddim.ts#ddimStep',
    symbols: {
      s: { tex: 's', meaning: 'the next time to visit: any time before t' },
      sigma: { tex: '\\sigma^2', meaning: 'the variance of the fresh noise z' },
      x0: { tex: '\\hat{\\x}_0', meaning: 'the clean image that the network expects behind x_t' },
      eps: {
        tex: '\\hat{\\eps}',
        meaning: 'the noise that goes with it: x_t = √ᾱ_t x̂₀ + √(1−ᾱ_t) ε̂',
      },
      eta: {
        tex: '\\eta',
        meaning: '0: no fresh noise at all; 1: as much as the ancestral step with β̃',
      },
    },
  },
  guidance: {
    title: 'Classifier-free guidance',
    tex: '\\begin{aligned}\\hat{\\eps}={}&\\epsth(\\x_t,t,\\sym{none}{\\varnothing})\\\\ &{}+\\sym{g}{g}\\,\\bigl(\\epsth(\\x_t,t,\\sym{c}{c})-\\epsth(\\x_t,t,\\varnothing)\\bigr)\\end{aligned}',
    code: 'tensor/recipes/diffusion/sample.ts#guidedPrediction',
    symbols: {
      none: {
        tex: '\\varnothing',
        meaning: 'no class: the label that stood for “unknown” in training',
      },
      c: { tex: 'c', meaning: 'the class that is wanted' },
      g: {
        tex: 'g',
        meaning: 'the guidance scale: 0 ignores the class, 1 follows it, above 1 exaggerates it',
      },
    },
  },
  ornsteinUhlenbeck: {
    title: 'Ornstein–Uhlenbeck process: what happens to one pixel',
    tex: '\\dd\\sym{x}{x} = -\\tfrac12\\,\\sym{beta}{\\beta(t)}\\,x\\,\\dd t + \\sqrt{\\beta(t)}\\;\\sym{dw}{\\dd w}',
    code: 'math/process/ou.ts#ornsteinUhlenbeck',
    symbols: {
      x: { tex: 'x', meaning: 'the value of one pixel; every pixel has its own equation' },
      beta: {
        tex: '\\beta(t)',
        meaning: 'how fast noise comes in and the old value fades, at time t',
      },
      dw: {
        tex: '\\dd w',
        meaning:
          'a small kick: normal, with mean 0 and variance dt, independent of all other kicks',
      },
    },
  },
  heatEquation: {
    title: 'Heat equation: what happens to ink',
    tex: '\\frac{\\partial \\sym{u}{x}}{\\partial s} = \\sym{laplace}{\\Delta x}',
    code: 'math/mistakes/heat.ts#heat',
    symbols: {
      u: { tex: 'x', meaning: 'how much ink there is at a place' },
      laplace: {
        tex: '\\Delta x',
        meaning:
          'the sum, over the four neighbours, of their value minus this one: ink flows from full places to empty ones',
      },
    },
  },
  chainRule: {
    title: 'The forward chain as a whole',
    tex: '\\begin{aligned} q(\\x_1,\\dots,\\x_T\\mid\\x_0) &= \\prod_{t=1}^{T} \\sym{factor}{q(\\x_t\\mid\\x_{t-1})},\\\\ q(\\x_t\\mid\\x_{t-1}) &= \\N\\bigl(\\x_t;\\ \\sqrt{1-\\beta_t}\\,\\x_{t-1},\\ \\beta_t\\sym{eye}{\\I}\\bigr)\\end{aligned}',
    symbols: {
      factor: {
        tex: 'q(\\x_t\\mid\\x_{t-1})',
        meaning: 'the density of x_t when x_{t−1} is known; nothing earlier appears in it',
      },
      eye: {
        tex: '\\I',
        meaning: 'the identity matrix: variance β_t for each pixel, covariance 0 between pixels',
      },
    },
  },
  closedForm: {
    title: 'Any step at once',
    tex: '\\begin{aligned} q(\\x_t\\mid\\x_0) &= \\N\\bigl(\\x_t;\\ \\sqrt{\\sym{abar}{\\abar_t}}\\,\\x_0,\\ (1-\\abar_t)\\I\\bigr),\\\\ \\abar_t &= \\prod_{s=1}^{t}\\sym{alpha}{\\alpha_s},\\qquad \\alpha_s = 1-\\beta_s\\end{aligned}',
    code: 'math/process/forward.ts#diffuse',
    symbols: {
      abar: {
        tex: '\\abar_t',
        meaning: 'share of the variance of x_t that is still image, when pixels have variance 1',
        live: 'alphaBar',
      },
      alpha: { tex: '\\alpha_s', meaning: 'share that step s keeps: 1 − β_s' },
    },
  },
  noiseShares: {
    title: 'What xₜ is made of',
    tex: '1 = \\underbrace{\\abar_t}_{\\text{image}} + \\sum_{s=1}^{t}\\ \\underbrace{\\beta_s\\,\\alpha_{s+1}\\cdots\\alpha_t}_{\\text{noise of step }s}',
    code: 'math/process/noiseBudget.ts#noiseShares',
  },
  signalToNoise: {
    title: 'Signal-to-noise ratio',
    tex: '\\begin{aligned}\\mathrm{SNR}_t &= \\frac{\\abar_t}{1-\\abar_t},\\\\ \\log\\mathrm{SNR}_t &= \\log\\abar_t - \\log(1-\\abar_t)\\end{aligned}',
    code: 'math/process/schedule.ts#logSnr',
  },
  sigmaOde: {
    title: 'The path in σ: its slope is the guessed noise',
    tex: '\\sym{slope}{\\frac{\\mathrm d}{\\mathrm d\\sigma}\\,\\frac{\\x}{\\sqrt{\\abar}}} = \\sym{eps}{\\hat\\eps(\\x,t)},\\qquad \\sym{sigma}{\\sigma}=\\frac{\\sqrt{1-\\abar}}{\\sqrt{\\abar}}',
    symbols: {
      slope: {
        tex: '\\tfrac{\\mathrm d}{\\mathrm d\\sigma}',
        meaning: 'how the picture, scaled so that its signal is 1, changes as the noise does',
      },
      eps: { tex: '\\hat\\eps', meaning: 'the denoiser’s guess of the noise in x at time t' },
      sigma: { tex: '\\sigma', meaning: 'noise over signal: ∞ at pure noise, 0 at the picture' },
    },
  },
  dpmSolver2M: {
    title: 'A step of DPM-Solver++(2M)',
    tex: '\\x_s=\\frac{\\sqrt{1-\\abar_s}}{\\sqrt{1-\\abar_t}}\\,\\x_t+\\sqrt{\\abar_s}\\,\\bigl(1-e^{-\\sym{h}{h}}\\bigr)\\Bigl[\\hat\\x_0+\\sym{ahead}{\\frac{h}{2h_{-1}}}\\bigl(\\hat\\x_0-\\sym{before}{\\hat\\x_0^{-1}}\\bigr)\\Bigr]',
    symbols: {
      h: {
        tex: 'h',
        meaning: 'how far log(signal/noise) rises in this step; before it, h with index −1',
      },
      ahead: {
        tex: '\\tfrac{h}{2h_{-1}}',
        meaning: 'half a step ahead, in units of the step before',
      },
      before: { tex: '\\hat\\x_0^{-1}', meaning: 'the guess of the step before, which is kept' },
    },
  },
  preconditioning: {
    title: 'EDM’s preconditioning',
    tex: '\\begin{aligned}\\hat\\x_0&=\\sym{skip}{c_{\\text{skip}}}\\,\\x+\\sym{out}{c_{\\text{out}}}\\,F_\\theta\\bigl(\\sym{in}{c_{\\text{in}}}\\,\\x\\bigr),\\\\ c_{\\text{skip}}&=\\frac{\\sigma_d^2}{\\sigma^2+\\sigma_d^2},\\quad c_{\\text{out}}=\\frac{\\sigma\\,\\sigma_d}{\\sqrt{\\sigma^2+\\sigma_d^2}},\\quad c_{\\text{in}}=\\frac{1}{\\sqrt{\\sigma^2+\\sigma_d^2}}\\end{aligned}',
    code: 'math/process/preconditioning.ts#preconditioning',
    symbols: {
      skip: {
        tex: 'c_{\\text{skip}}',
        meaning:
          'the share of the noisy picture that is passed on as it is: near 1 where it is all but clean',
      },
      out: { tex: 'c_{\\text{out}}', meaning: 'how much the network’s answer can change' },
      in: { tex: 'c_{\\text{in}}', meaning: 'brings what the network sees to variance 1' },
    },
  },
  karrasGrid: {
    title: 'Karras’s noise levels',
    tex: '\\sigma_i=\\Bigl(\\sym{max}{\\sigma_{\\max}}^{1/\\rho}+\\frac{i}{n-1}\\bigl(\\sym{min}{\\sigma_{\\min}}^{1/\\rho}-{\\sigma_{\\max}}^{1/\\rho}\\bigr)\\Bigr)^{\\sym{rho}{\\rho}},\\qquad \\sigma_n=0',
    code: 'math/samplers/grids.ts#karrasGrid',
    symbols: {
      max: { tex: '\\sigma_{\\max}', meaning: 'where sampling starts: all but pure noise' },
      min: { tex: '\\sigma_{\\min}', meaning: 'the last level above 0' },
      rho: {
        tex: '\\rho',
        meaning: 'the larger, the more steps near the picture; 1 is even in σ, they take 7',
      },
    },
  },
  forwardSde: {
    title: 'The forward chain as an equation in time',
    tex: '\\mathrm d\\x = \\sym{drift}{f(t)}\\,\\x\\,\\mathrm dt + \\sym{g}{g(t)}\\,\\sym{w}{\\mathrm d\\mathbf w}',
    symbols: {
      drift: {
        tex: 'f(t)',
        meaning: 'how fast the signal shrinks: −½β(t) where the variance is kept',
      },
      g: {
        tex: 'g(t)',
        meaning: 'how much noise a moment brings: √β(t) where the variance is kept',
      },
      w: {
        tex: '\\mathrm d\\mathbf w',
        meaning: 'normal noise whose variance is the length of the moment, dt',
      },
    },
  },
  reverseSde: {
    title: 'The equation of the way back',
    tex: '\\mathrm d\\x = \\bigl[f(t)\\,\\x-g(t)^2\\,\\sym{score}{\\nabla\\log q_t(\\x)}\\bigr]\\mathrm dt+g(t)\\,\\sym{wbar}{\\mathrm d\\bar{\\mathbf w}}',
    symbols: {
      score: {
        tex: '\\nabla\\log q_t(\\x)',
        meaning: 'the score: the way uphill in the density of noisy images at time t',
      },
      wbar: { tex: '\\mathrm d\\bar{\\mathbf w}', meaning: 'fresh noise, with time running back' },
    },
  },
  probabilityFlow: {
    title: 'The probability-flow ODE',
    tex: '\\frac{\\mathrm d\\x}{\\mathrm dt} = f(t)\\,\\x-\\sym{half}{\\tfrac12}\\,g(t)^2\\,\\nabla\\log q_t(\\x)',
    symbols: {
      half: {
        tex: '\\tfrac12',
        meaning: 'half the pull: what is left when no noise has to be undone',
      },
    },
  },
  flowLikelihood: {
    title: 'The log-likelihood along the ODE',
    tex: '\\log p(\\x_0)=\\log\\N(\\sym{latent}{\\x_1};\\mathbf 0,\\I)+\\int_0^1\\sym{div}{\\nabla\\!\\cdot\\mathbf v}(\\x_t,t)\\,\\mathrm dt',
    symbols: {
      latent: { tex: '\\x_1', meaning: 'the noise in which the curve through x₀ ends: its latent' },
      div: {
        tex: '\\nabla\\!\\cdot\\mathbf v',
        meaning: 'the divergence of the velocity: by how much neighbours drift apart, per moment',
      },
    },
  },
  straightPath: {
    title: 'The straight path',
    tex: '\\sym{xt}{\\x_t}=(1-t)\\,\\x_0+t\\,\\sym{eps}{\\eps},\\qquad \\sym{slope}{\\frac{\\dd\\x_t}{\\dd t}}=\\eps-\\x_0,\\qquad 0\\le t\\le1',
    code: 'math/process/straight.ts#straight',
    symbols: {
      xt: { tex: '\\x_t', meaning: 'the noisy image: the datum at t = 0, pure noise at t = 1' },
      eps: { tex: '\\eps', meaning: 'standard normal noise, drawn independently of the datum' },
      slope: {
        tex: '\\tfrac{\\dd\\x_t}{\\dd t}',
        meaning:
          'the velocity: how fast, and where to, x_t moves as t grows; here the same all along',
      },
    },
  },
  marginalVelocity: {
    title: 'The marginal velocity: the mean of all lines through a place',
    tex: '\\sym{v}{\\mathbf v(\\x,t)}=\\sym{mean}{\\E[\\eps-\\x_0\\mid\\x_t=\\x]}=\\frac{\\x-\\sym{denoiser}{\\E[\\x_0\\mid\\x_t=\\x]}}{t}',
    symbols: {
      v: {
        tex: '\\mathbf v(\\x,t)',
        meaning: 'the velocity of the flow at the place x and the time t',
      },
      mean: {
        tex: '\\E[\\eps-\\x_0\\mid\\x_t=\\x]',
        meaning: 'the velocity of the lines that pass there at that time, each by its probability',
      },
      denoiser: {
        tex: '\\E[\\x_0\\mid\\x_t=\\x]',
        meaning: 'the average datum behind x: what a denoiser answers',
      },
    },
  },
  flowLoss: {
    title: 'The loss of flow matching',
    tex: '\\E_{t,\\x_0,\\eps}\\bigl\\|\\sym{net}{\\mathbf v_\\theta(\\x_t,t)}-(\\eps-\\x_0)\\bigr\\|^2',
    symbols: {
      net: {
        tex: '\\mathbf v_\\theta(\\x_t,t)',
        meaning: 'what the network answers, with weights θ',
      },
    },
  },
  straightness: {
    title: 'How far ways are from straight lines at an even speed',
    tex: '\\sym{s}{S}=\\E\\int_0^1\\Bigl\\|\\sym{whole}{(\\x_1-\\x_0)}-\\sym{now}{\\mathbf v(\\x_t,t)}\\Bigr\\|^2\\dd t',
    code: 'math/samplers/straightness.ts#straightness',
    symbols: {
      s: {
        tex: 'S',
        meaning: 'the bend: 0 for straight lines at an even speed, and more for others',
      },
      whole: {
        tex: '(\\x_1-\\x_0)',
        meaning: 'from where a particle ends to where it started: its mean velocity on the way',
      },
      now: { tex: '\\mathbf v(\\x_t,t)', meaning: 'its velocity now' },
    },
  },
  coupledVelocity: {
    title: 'The velocity of given pairs',
    tex: '\\begin{aligned}\\mathbf v(\\x,t)&=\\sum_i \\sym{share}{p(i\\mid\\x_t=\\x)}\\,\\bigl(\\eps_i-\\x_0^{(i)}\\bigr),\\\\[0.4em] \\x_t&=(1-t)\\,\\x_0^{(i)}+t\\,\\eps_i+\\sym{kick}{h\\,\\boldsymbol\\xi}\\end{aligned}',
    code: 'math/exact/coupling.ts#coupledFlow',
    symbols: {
      share: {
        tex: 'p(i\\mid\\x_t=\\x)',
        meaning: 'the probability that it is pair i that passes at x at time t, by Bayes’ rule',
      },
      kick: {
        tex: 'h\\,\\boldsymbol\\xi',
        meaning:
          'a small standard normal shift of a whole pair, so that there is a density everywhere',
      },
    },
  },
  bestWidth: {
    title: 'The best width of a step',
    tex: '\\sigma_t^2 = \\sym{tilde}{\\tilde\\beta_t} + \\sym{a}{a_t}^2\\;\\sym{error}{\\frac{\\E\\|\\x_0-\\hat\\x_0\\|^2}{D}}',
    code: 'math/bound/learnedVariance.ts#bestVariance',
    symbols: {
      tilde: {
        tex: '\\tilde\\beta_t',
        meaning: 'the variance that is left when the clean image is known',
      },
      a: {
        tex: 'a_t',
        meaning: 'the share of the clean image in the step: √ᾱ_{t−1} β_t / (1−ᾱ_t)',
      },
      error: {
        tex: '\\E\\|\\x_0-\\hat\\x_0\\|^2/D',
        meaning: 'the mean squared error of the guess, for each of the D pixels',
      },
    },
  },
  interpolatedWidth: {
    title: 'A width between β̃ and β, on the scale of logarithms',
    tex: '\\log\\sigma_t^2 = \\sym{f}{f}\\,\\log\\beta_t + (1-\\sym{f}{f})\\,\\log\\tilde\\beta_t',
    code: 'math/bound/learnedVariance.ts#interpolatedVariance',
    symbols: {
      f: {
        tex: 'f',
        meaning:
          'how far from β̃ (0) to β (1); a network gives one for each pixel, at each x_t and t',
      },
    },
  },
  hybridLoss: {
    title: 'The hybrid loss',
    tex: '\\sym{hybrid}{L_{\\text{hybrid}}} = L_{\\text{simple}}(\\hat\\x_0) + \\sym{lambda}{\\lambda}\\sum_{t}L_t\\bigl(\\sym{stop}{\\lfloor\\hat\\x_0\\rfloor},\\,\\sigma_t^2\\bigr)',
    symbols: {
      hybrid: {
        tex: 'L_{\\text{hybrid}}',
        meaning: 'the loss of a network with two answers: a guess and a width',
      },
      lambda: { tex: '\\lambda', meaning: 'a small number, 0.001' },
      stop: {
        tex: '\\lfloor\\hat\\x_0\\rfloor',
        meaning: 'the guess as a plain number: no slope goes through it',
      },
    },
  },
  timeImportance: {
    title: 'Times drawn by how large their losses are',
    tex: '\\begin{aligned}\\sum_t L_t&=\\E_{t\\sim p}\\Bigl[\\frac{L_t}{\\sym{p}{p_t}}\\Bigr],\\\\ \\sym{p}{p_t}&\\propto\\sym{root}{\\sqrt{\\E[L_t^2]}}\\end{aligned}',
    code: 'math/objectives/timeImportance.ts#timeImportance',
    symbols: {
      p: { tex: 'p_t', meaning: 'how often time t is drawn' },
      root: {
        tex: '\\sqrt{\\E[L_t^2]}',
        meaning: 'the root mean square of the loss at t, from its last values in training',
      },
    },
  },
};
