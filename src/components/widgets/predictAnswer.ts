/** Reads a number as people type it: 0.5, 0,5, 4e-5, 4·10^-5, 1/3, 50 %. NaN when it is none. */
export function parseGuess(text: string): number {
  const plain = text
    .trim()
    .replace(/[−–]/g, '-')
    .replace(/,/g, '.')
    .replace(/\s*[·×x*]\s*10\^?/i, 'e')
    .replace(/\s+/g, '');
  const percent = plain.endsWith('%');
  const [top, bottom, ...rest] = plain.replace(/%$/, '').split('/');
  if (top === '' || bottom === '' || rest.length > 0) return Number.NaN;
  return (Number(top) / (bottom === undefined ? 1 : Number(bottom))) * (percent ? 0.01 : 1);
}

export const isClose = (guess: number, answer: number, tolerance: number): boolean =>
  Math.abs(guess - answer) <= tolerance + 1e-12 * Math.abs(answer);

const SUPERSCRIPT: Record<string, string> = Object.fromEntries(
  [...'0123456789-'].map((c, i) => [c, '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'[i]]),
);

/** Significant digits without padding zeros; very small and very large numbers as 4.036 × 10⁻⁵. */
export function printNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'undefined';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) {
    return String(Number(value.toPrecision(digits))).replace('-', '−');
  }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const power = [...exponent.replace('+', '')].map((c) => SUPERSCRIPT[c]).join('');
  return `${Number(mantissa)} × 10${power}`.replace('-', '−');
}
