/** What the trainer's panels say, in the lab and in the widgets that train. */
import type { RunState } from '../../lib/worker/protocol.ts';

const STATES: Record<RunState, string> = {
  idle: 'Ready. Press Train.',
  loading: 'Getting ready…',
  training: 'Training',
  paused: 'Paused',
  finished: 'Finished. A higher target goes on.',
  failed: 'Stopped',
};

export const en = {
  /** Names the button beside a setting or a number. */
  helpOn: (name: string) => `What is “${name}”?`,
  /** The link to the chapter that explains it. */
  more: (chapter: string) => `Chapter: ${chapter}`,
  actions: { train: 'Train', pause: 'Pause', step: 'Step', sample: 'Sample', reset: 'Reset' },
  messages: {
    dismiss: 'Dismiss',
    dismissThat: (message: string) => `Dismiss: ${message}`,
    takenOut: (step: string) =>
      `Back at step 0. The run of step ${step} was taken out, not thrown away.`,
    undo: 'Undo Reset',
  },
  noise: {
    from: (seed: number) => `Drawn from the noise of seed ${seed}. `,
    kept: (seed: number) =>
      `Drawn from the noise of seed ${seed}, which every press draws from now.`,
    keep: 'Keep this noise',
  },
  /** `typed` is '' where nothing was. */
  notTaken: (typed: string, whole: boolean, min: number, max: number, value: number) =>
    `${typed ? `${typed} was not taken` : 'An empty field was not taken'}. Expected a ${whole ? 'whole ' : ''}number from ${min} to ${max}; ${value} stays.`,
  film: {
    picture: (count: number, step: number, t: number, clean: boolean) =>
      `${count} drawn from the same noise after ${step} of the run, at noise level t = ${t}${clean ? ', the picture the network expects' : ''}`,
    caption: (step: string, t: number, clean: boolean) =>
      `${step} trained, noise level t = ${t}${clean ? ': what the network expects to see (x̂₀)' : ''}`,
    begins: (step: string) => `The film begins at step ${step}: earlier moments are not kept.`,
    run: 'Along the run',
    drawing: 'Along the drawing',
    time: (t: number) => `t = ${t}`,
    clean: 'Show x̂₀, the picture expected',
    moments: 'Moments of the run',
    after: (step: number) => `After ${step}`,
  },
  loss: {
    title: 'Loss',
    summary: (step: number, mean: string) => `Loss after ${step} steps: ${mean}, running mean.`,
    summaryFloor: (floor: string, gap: string) => ` Least possible: ${floor}; ${gap}.`,
    none: 'No step has been taken yet.',
    empty: 'The loss of every batch will be drawn here.',
    mean: 'mean of the last tenth (faint: every batch)',
    floor: (floor: string) => `least possible, ${floor}`,
    chance: (value: string, error: string) => `${value} ± ${error}, by chance`,
    exactFloor: (value: string) => `exact floor ${value}`,
    goodLine: (value: string) => `a good loss ${value}`,
    good: (value: string, steps: string, seed: number) =>
      `a good loss, ${value}: what our own run had after ${steps} steps (seed ${seed})`,
    noMeasure:
      'The least possible loss is known for the 2×2 pictures; for other data a good one was recorded with their own prediction, schedule and T.',
    summaryGood: (value: string) => ` A good loss is ${value}.`,
    better: (percent: string) => `now ${percent} % below`,
    above: (percent: string) => `now ${percent} % above`,
    below: (percent: string) => `now ${percent} % below, by chance of the last batches`,
    log: 'Log axis',
  },
  readout: {
    step: 'Step',
    loss: 'Loss',
    speed: 'Steps per second',
    backend: 'Backend in use',
    noBackend: 'none yet',
    states: STATES,
    share: (percent: number, target: string) => `${percent} % of ${target}`,
    of: (target: string) => `of ${target}`,
    untilPaused: 'until paused',
    left: (time: string) => ` · ${time} left`,
    fetching: (label: string) => `Fetching ${label}`,
    bytes: (loaded: string, total: string) => (total ? `${loaded} of ${total}` : loaded),
  },
  facts: {
    lastBatch: 'Last batch',
    images: 'Images per second',
    gradient: 'Gradient norm',
    rate: 'Learning rate',
    work: 'Work',
    memory: 'Memory',
    held: (bytes: string, tensors: string) => (tensors ? `${bytes} in ${tensors} tensors` : bytes),
    parameters: 'Parameters',
    time: 'Time in training',
    kept: 'Kept in this browser',
    keptInTab: 'Kept in this tab only',
    keptAt: (step: string, bytes: string, elsewhere: boolean) =>
      `${elsewhere ? 'by another tab, ' : ''}at ${step}${bytes ? ` (${bytes})` : ''}`,
    notKept: 'not yet',
    machine: (name: string, adapter: string | undefined, software: boolean) =>
      `${name}${adapter ? ` on ${adapter}` : ''}${software ? ' (software, no GPU)' : ''}.`,
    kernels: (kernels: string) => `Kernels: ${kernels}.`,
  },
  draw: {
    sampler: 'Sampler',
    evaluations: 'Evaluations',
    fresh: 'Fresh noise at each press',
    seed: 'Seed of the noise',
    clip: 'Clip x̂₀',
    label: 'Class',
    all: (count: string) => `All ${count} in turn`,
    guidance: 'Guidance',
  },
  sampled: {
    drawn: (t: number) => `What is drawn, at t = ${t}`,
    expected: (t: number) => `The picture expected, at t = ${t}`,
    x: (t: number) => `x at t = ${t}`,
    clean: 'x̂₀, the picture expected one moment before',
    along: 'Along this drawing',
    time: (t: number) => `t = ${t}`,
  },
  run: {
    loaded: (dataset: string, parameters: string, step: string) =>
      `Loaded: ${dataset}, ${parameters} parameters, step ${step}.`,
    untouched: 'Whatever was there before is untouched.',
    takeOver: 'Take it over',
    fallback: 'This run goes on with the drawn digits, which need no download.',
    continued: (step: string, date: string) =>
      `Continued at step ${step}, from the checkpoint this browser kept (${date}). Reset begins again at step 0.`,
    yielded: (step: string) =>
      `Another tab took this run over at step ${step}, or another trainer of this page, and keeps it now. What is shown here stood at that step; Train asks for it back.`,
  },
  link: {
    wrong: (name: string, found: string, expected: string, used: string) =>
      `The address says ${name}=${found}; expected ${expected}. ${used} is used instead.`,
    autostart: (found: string) =>
      `The address says autostart=${found}; expected 0 or 1. The page waits for Train.`,
    unknown: (name: string, found: string, names: string) =>
      `The address says ${name}=${found}, but the lab has no setting of that name. It has: ${names}.`,
    levels: (side: number, halvings: number, levels: number, multipliers: string) =>
      `An image of ${side} × ${side} pixels can be halved ${halvings} times, so the UNet keeps ${levels} levels: multipliers ${multipliers}.`,
    steps: (T: number) =>
      `A chain of T = ${T} steps has no more than ${T} to take: sampling uses ${T}.`,
    noLabels: 'This data has no labels, so the network learns it without classes.',
    classes: (count: number) =>
      `The labels of this data go from 0 to ${count - 1}: all ${count} classes are drawn in turn.`,
  },
};

export type TrainerWords = typeof en;
