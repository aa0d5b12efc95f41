export const en = {
  title: 'The arena of samplers',
  caption:
    'Data: two bells on a line, whose exact denoiser is a formula. Each particle starts at its own share of pure noise; where the probability-flow ODE ends is then known exactly. Distance: W₂, the root mean square of the differences in order. Of samplers with fresh noise 1,024 particles are sorted, so theirs cannot be expected below that of 1,024 draws.',
  grid: 'Times',
  grids: { time: 'even in t', logSnr: 'even in log σ', karras: 'Karras' },
  schedule: 'Schedule',
  axes: {
    evaluations: 'evaluations of the denoiser',
    error: 'distance from the data',
    draws: '1,024 draws of the data',
  },
  plot: 'Distance from the data over evaluations',
  order: (sampler: string) => `slope of ${sampler}`,
  computing: 'Running every sampler…',
  lacks: 'The curves are missing.',
  summary: (lines: readonly string[]) =>
    lines.length === 0 ? 'The curves are being computed.' : `${lines.join('. ')}.`,
  line: (sampler: string, few: string, fewCount: number, many: string, manyCount: number) =>
    `${sampler}: ${few} with ${fewCount} evaluations, ${many} with ${manyCount}`,
};
export type ArenaWords = typeof en;
