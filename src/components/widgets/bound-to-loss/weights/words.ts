export const en = {
  weightOn: (target: string) => `weight on ‖${target}‖²`,
};
export type WeightCurveWords = typeof en;
