export const en = {
  axes: {
    earlier: 'one step earlier: x at t − 1',
    density: 'density',
    steps: 'steps T',
    price: 'nats per pixel',
  },
};
export type ReverseKernelWords = typeof en;
