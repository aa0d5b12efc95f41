/** Colours of plots: CSS variables of the theme, so that light and dark need no redraw. */
export const colours = {
  /** The forward chain. */
  q: 'var(--q)',
  /** The reverse chain, or anything learned. */
  p: 'var(--p)',
  /** A closed form. */
  exact: 'var(--exact)',
  /** A mistake. */
  warn: 'var(--warn)',
  noise: 'var(--noise)',
  /** A start that is not where it should be: told apart from p and warn beside it. */
  start: 'hsl(325 65% 55%)',
  ink: 'var(--ink)',
  muted: 'var(--muted)',
  rule: 'var(--rule)',
  accent: 'var(--accent)',
} as const;

/** For many series without a role; each has 3:1 contrast on paper in both themes. Pair with `dashes`. */
export const palette = [
  colours.q,
  colours.p,
  colours.exact,
  colours.noise,
  'hsl(325 65% 55%)',
  'hsl(40 85% 38%)',
  colours.ink,
] as const;

/** Line patterns, so that no series is told apart by colour alone. */
export const dashes = [undefined, '7 3', '2 3', '9 3 2 3', '4 2', '12 4', undefined] as const;
