/** Numbers as the book prints them. */

const SUPERSCRIPT: Record<string, string> = Object.fromEntries(
  [...'0123456789-'].map((c, i) => [c, '⁰¹²³⁴⁵⁶⁷⁸⁹⁻'[i]]),
);

/** Significant digits without padding zeros; very small and very large numbers as 4.036 × 10⁻⁵, never broken over two lines. */
export function printNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'undefined';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) {
    return String(Number(value.toPrecision(digits))).replace('-', '−');
  }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const power = [...exponent.replace('+', '')].map((c) => SUPERSCRIPT[c]).join('');
  return `${Number(mantissa)}\u00a0×\u00a010${power}`.replace('-', '−');
}

/** With so many decimals: a minus that is one, and none before a zero. */
export const fixed = (value: number, decimals: number): string =>
  value
    .toFixed(decimals)
    .replace(/^-(?=0(\.0*)?$)/, '')
    .replace('-', '−');

/** A power of ten on a logarithmic axis: 10⁻⁵ rather than 1 × 10⁻⁵. */
export const printTick = (value: number): string => printNumber(value).replace(/^1\s×\s/, '');

/** An average over draws with its standard error, to one digit of the error: 0.3499 ± 0.0008. Digits below are luck. */
export function printMeasured(value: number, standardError: number): string {
  if (!(standardError > 0)) return printNumber(value);
  const power = Math.floor(Math.log10(standardError));
  // 0.00096 rounds to 0.001, a digit higher.
  const decimals = Math.max(0, -power - (Math.round(standardError / 10 ** power) === 10 ? 1 : 0));
  return `${fixed(value, decimals)} ± ${fixed(standardError, decimals)}`;
}
