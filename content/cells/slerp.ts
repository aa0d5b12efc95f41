// Half-way between two noises: straight, or along the sphere?
import { table } from 'from-noise/cell';
import { createRng } from 'from-noise/math';

const rng = createRng(1);
const D = 784;
const noise = () => Array.from({ length: D }, () => rng.normal());
const [a, b] = [noise(), noise()];
const length = (v: number[]) => Math.sqrt(v.reduce((sum, x) => sum + x * x, 0));

const lerp = (u: number) => a.map((x, i) => (1 - u) * x + u * b[i]);
// Along the great circle: the shares are sines of the angles, so that their squares keep the length.
const angle = Math.acos(a.reduce((sum, x, i) => sum + x * b[i], 0) / (length(a) * length(b)));
const slerp = (u: number) =>
  a.map((x, i) => (Math.sin((1 - u) * angle) * x + Math.sin(u * angle) * b[i]) / Math.sin(angle));

table(
  [0, 0.25, 0.5, 0.75, 1].map((u) => ({
    u,
    lerp: length(lerp(u)) / Math.sqrt(D),
    slerp: length(slerp(u)) / Math.sqrt(D),
  })),
);
