/** How the lab writes numbers. */
export const count = (n: number): string => n.toLocaleString('en');

const WORDS = 'none one two three four five six seven eight nine ten eleven twelve'.split(' ');
/** A small number as prose has it. */
export const amount = (n: number): string => WORDS[n] ?? count(n);

export const significant = (x: number, digits = 3): string =>
  !Number.isFinite(x) ? '–' : x >= 100 ? count(Math.round(x)) : x.toPrecision(digits);

/** Without thousands separators, for outputs that a program may read. */
export const plain = (x: number): string =>
  Number.isFinite(x) ? String(Number(x.toPrecision(3))) : '–';

export const loss = (x: number): string =>
  !Number.isFinite(x) ? String(x) : x >= 0.001 ? x.toFixed(4) : x.toExponential(2);

export const bytes = (n: number): string =>
  n < 1e6 ? `${(n / 1e3).toFixed(0)} kB` : `${(n / 1e6).toFixed(1)} MB`;

/** Seconds as a clock reads: 45 s, 3 min 20 s, 1 h 5 min. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** A moment, as the reader's place writes it; nothing for a date that is none. */
export const date = (iso: string): string => {
  const when = new Date(iso);
  return Number.isNaN(when.getTime())
    ? 'at an unknown time'
    : when.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' });
};
