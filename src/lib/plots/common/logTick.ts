/** Labels of a logarithmic axis: powers of ten only, small and large ones as 10⁻⁴. */
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

export function logTick(value: number): string {
  const power = Math.round(Math.log10(value));
  if (Math.abs(value / 10 ** power - 1) > 1e-9) return '';
  if (Math.abs(power) < 3) return String(Number(value.toPrecision(3)));
  const digits = [...String(Math.abs(power))].map((d) => SUPERSCRIPT[Number(d)]).join('');
  return `10${power < 0 ? '⁻' : ''}${digits}`;
}
