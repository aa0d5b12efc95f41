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

/** A power of ten on a logarithmic axis: 10⁻⁵ rather than 1 × 10⁻⁵. */
export const printTick = (value: number): string => printNumber(value).replace(/^1\s×\s/, '');
