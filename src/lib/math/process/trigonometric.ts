/**
 * The trigonometric path (Albergo & Vanden-Eijnden 2209.15571; its angle is Salimans & Ho's, 2202.00512): signal and noise are
 * cosine and sine of an angle that grows evenly, t = 0 data and t = 1 noise. It preserves variance, and its flow velocity is π/2·v.
 */
import type { Path } from './path.ts';

const RIGHT_ANGLE = Math.PI / 2;

export function trigonometric(): Path {
  return {
    name: 'trigonometric',
    range: [0, 1],
    start: 1,
    prior: 1,
    at: (t) => {
      // The cosine as the sine of what is left: exactly 0 at t = 1, and no digit lost before.
      const [signal, noise] = [Math.sin(RIGHT_ANGLE * (1 - t)), Math.sin(RIGHT_ANGLE * t)];
      return {
        signal,
        noise,
        signalRate: -RIGHT_ANGLE * noise,
        noiseRate: RIGHT_ANGLE * signal,
        varianceRate: 2 * RIGHT_ANGLE * signal * noise,
      };
    },
    time: (sigma) => Math.atan(sigma) / RIGHT_ANGLE,
  };
}
