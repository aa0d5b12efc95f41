// Lines cross, the flow does not
import { table } from 'from-noise/cell';
import { finiteDenoiser, straight } from 'from-noise/math';

// The data: one number, −1 or +1. The exact mean velocity of all straight lines between them and noise.
const velocity = finiteDenoiser({ data: [[-1], [1]], path: straight() }).predict('flowVelocity');

// Euler's method from the noise (t = 1) to the data (t = 0).
function flow(noise: number, steps: number): number {
  let x = noise;
  for (let i = 0; i < steps; i++) {
    const t = 1 - i / steps;
    x -= velocity([x], t)[0] / steps;
  }
  return x;
}

const starts = [-2, -0.5, 0.01, 0.5, 2];
table(
  [1, 2, 4, 8, 50].map((steps) => ({
    steps,
    ...Object.fromEntries(starts.map((z) => [`from ${z}`, flow(z, steps)])),
  })),
);
// Turn time round: let t run from 0 to 1, noise first, as torchcfm does. Which sign has to change?
