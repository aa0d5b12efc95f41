export const en = {
  axes: { clean: 'clean pixel x₀', noise: 'noise ε' },
};
export type ConverterWords = typeof en;
