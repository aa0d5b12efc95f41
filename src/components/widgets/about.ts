/** What each widget lets a reader do, in a line for the gallery. Read at build alone: no page carries it as code. */
export const about: Record<string, string> = {
  plane:
    'Particles of the plane leave a shape for noise and come back: score, density, and paths over time.',
  ink: 'The same digit twice: its pixels diffuse on their own, or its ink spreads in water. Follow both over time.',
  bell: 'Drag a normal distribution by its top and its side: mean, standard deviation, height and area.',
  'forward-chain':
    'Destroy a digit step by step, each β on a slider. Histogram, mean and variance beside their theory; a mistake to make.',
  'plane-paths':
    'Time as an axis: paths of single values over t, with the density of all of them behind.',
  'any-step': 'A thousand small steps and one jump with the same noise end at the same pixels.',
  'noise-budget': 'How much of the image is left in xₜ, and how much of each step’s noise.',
  schedules: 'β, ᾱ, SNR and log SNR of six noise schedules, and of one that you draw.',
  network: 'The UNet as a map: formula, parameters and activations of each block.',
  'time-embedding': 'How sines and cosines tell the network what time it is.',
  'four-pixels':
    'Every number of a chain on 2 × 2 images: posterior, bound, and whose fault the rest is.',
  'why-two-fails':
    'A perfect reverse chain of two steps that starts from plain noise draws the wrong shares.',
  'learned-vs-exact':
    'Train a small network and lay its loss and its pull beside the exact denoiser’s.',
  'shape-trace':
    'A published network line by line, to where its shapes no longer fit, and how to mend it.',
  'bug-lab': 'Two runs, one with a bug: guess it from the loss and the samples.',
  'plane-score':
    'Arrows of the score in the plane show at each point where the data are, at each noise level.',
  reverse: 'The exact step back for one pixel has two bumps; with more steps one bell is enough.',
  posterior: 'The step back when the clean pixel is known: a bell that rides on a line.',
  kl: 'Fit one bell to two bumps by hand: forward and reverse divergence, and where each is paid.',
  ledger:
    'Every term of the bound for the best denoiser, one bar for each width of the reverse bells.',
  model: 'The bound of a network that you train, or of the shipped one, term by term with errors.',
  converter: 'Drag a guess of the noise: clean pixel, velocity and score follow.',
  langevin: 'Particles that follow the score: they find their own bell, and not the other one.',
  'same-marginals':
    'The way back with fresh noise and without: other paths, the same law at every time.',
  arena: 'Every sampler against the exact answer, over the evaluations that it spends.',
  'arena-digits': 'Ten digits from one noise by four samplers with 4, 8, 16 and 50 evaluations.',
  weights: 'Which noise levels each loss cares about: bound, simple, min-SNR and more.',
  heat: 'Train, and watch the loss at every noise level fall to its floor.',
  'variance-mistake':
    'Variance of one pixel along the chain, as it should be and under two mistakes.',
  'live-strip': 'Ten digits drawn from noise by the shipped network, on your machine.',
  trainer: 'Train a network on 2 × 2 images; loss, film and samples as it learns.',
  sampler:
    'Digits from the shipped networks by any sampler, in any number of steps, guided or not.',
  'plane-samplers': 'Particles go home by DDPM, DDIM or another sampler, exact beside learned.',
  exact: 'The same noise through the exact denoiser and through a network that you train.',
  'guided-law':
    'Turn up guidance: the law that it is said to sample, and the one in which it ends.',
  'flow-plane':
    'Particles follow the mean of crossing straight lines, exact beside a network that you train.',
  reflow:
    'Pair each noise with its own end, and one step is nearly as good as fifty: before and after.',
  'flow-converter':
    'Drag one answer of a flow network: its names, times and signs in five codes and on three paths.',
  'flow-against-noise':
    'Train one network twice, on velocities and on noise, and compare what few steps draw.',
  'width-dial':
    'One step of one pixel: drag its bell between β̃ and β, and watch the term of the bound.',
  'trained-width':
    'Train a network that says how wide its steps are; measure it, and draw in few steps.',
  importance:
    'Batches that estimate the bound: all t alike, or drawn by how large their losses are.',
};
