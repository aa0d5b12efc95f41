/**
 * Drawn digits: an endless data set of handwriting, computed from a seed, with labels and without any download.
 *
 * Image i depends on (seed, i) only: a way to write the digit (`glyphs.ts`), jitter of its points, a smooth warp of the
 * paper, aspect, slant, rotation, size, then a pen with its own width and pressure (`pen.ts`). As in MNIST the digit
 * fits a 20 × 20 box and its centre of mass lies in the middle of 28 × 28.
 */

import { createRng, type Rng } from '../math/numerics/rng.ts';
import type { Dataset } from './dataset.ts';
import { writeDigit } from './glyphs.ts';
import { flatten, ink, type Trace } from './pen.ts';
import { DIGIT_SIZE, place } from './place.ts';

const BOX = 20;

export interface DrawnDigitsOptions {
  count: number;
  seed: number;
  /** Index of the first image; images start … start + count − 1 of the endless sequence are drawn. Default 0. */
  start?: number;
}

/**
 * `count` drawn digits, 28 × 28 × 1, in [-1, 1] (ink = 1), labels cycling 0, 1, …, 9 so that any run of ten consecutive
 * images holds every class once.
 */
export function drawnDigits({ count, seed, start = 0 }: DrawnDigitsOptions): Dataset {
  const pixels = DIGIT_SIZE * DIGIT_SIZE;
  const images = new Float32Array(count * pixels);
  const labels = new Uint8Array(count);
  const source = createRng(seed);
  for (let i = 0; i < count; i++) {
    labels[i] = (start + i) % 10;
    drawDigit(labels[i], source.fork(start + i), images.subarray(i * pixels, (i + 1) * pixels));
  }
  return {
    name: 'digits',
    images,
    labels,
    count,
    height: DIGIT_SIZE,
    width: DIGIT_SIZE,
    channels: 1,
    classes: 10,
  };
}

/** Writes one digit with the given random stream into `out` (28 × 28 values). */
export function drawDigit(digit: number, rng: Rng, out: Float32Array): void {
  const strokes = writeDigit(digit, () => rng.uniform());
  for (const stroke of strokes) {
    const start = stroke[0];
    for (const point of stroke) {
      // The first point of a second stroke often touches the first stroke: it moves least.
      const wobble = point === start ? 0.007 : 0.017;
      point[0] += wobble * rng.normal();
      point[1] += wobble * rng.normal();
    }
  }
  const traces = strokes.map(flatten);
  warp(traces, rng);
  shear(traces, rng);
  press(traces, rng);
  place(traces, BOX * (1 - 0.14 * rng.uniform() ** 2));
  out.fill(-1);
  ink(traces, out, DIGIT_SIZE);
}

/** A smooth displacement of the plane: one slow sine per axis. Bends long strokes, keeps junctions joined. */
function warp(traces: Trace[], rng: Rng): void {
  const wave = () => ({
    amplitude: 0.042 * rng.normal(),
    frequency: 2 + 3 * rng.uniform(),
    phase: 2 * Math.PI * rng.uniform(),
    mix: rng.uniform() - 0.5,
  });
  const shift = (w: ReturnType<typeof wave>, across: number, along: number) =>
    w.amplitude * Math.sin(w.frequency * (across + w.mix * along) + w.phase);
  const horizontal = wave();
  const vertical = wave();
  for (const { x, y } of traces) {
    for (let i = 0; i < x.length; i++) {
      const [px, py] = [x[i], y[i]];
      x[i] = px + shift(horizontal, py, px);
      y[i] = py + shift(vertical, px, py);
    }
  }
}

/** Aspect, slant (to the right on the whole, as most hands do) and a small rotation, about the middle of the digit. */
function shear(traces: Trace[], rng: Rng): void {
  const aspect = Math.exp(0.05 + 0.15 * rng.normal());
  const slant = Math.max(-0.18, Math.min(0.65, 0.16 + 0.2 * rng.normal()));
  const angle = 0.08 * rng.normal();
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  for (const { x, y } of traces) {
    for (let i = 0; i < x.length; i++) {
      const py = y[i] - 0.5;
      const px = (x[i] - 0.32) * aspect - slant * py;
      x[i] = cos * px - sin * py;
      y[i] = sin * px + cos * py;
    }
  }
}

/** Pen radius in pixels: one width per digit, slow pressure along a stroke, lighter at a lifted end. */
function press(traces: Trace[], rng: Rng): void {
  const width = Math.max(0.75, Math.min(1.75, 1.22 + 0.27 * rng.normal()));
  for (const trace of traces) {
    const depth = 0.1 * rng.normal();
    const phase = 2 * Math.PI * rng.uniform();
    const tail = rng.uniform() < 0.5 ? 0.75 : 1;
    const last = trace.x.length - 1;
    trace.radius = trace.x.map((_, i) => {
      const u = i / last;
      const fade = u < 0.8 ? 1 : 1 - (1 - tail) * ((u - 0.8) / 0.2) ** 2;
      return width * (1 + depth * Math.sin(4 * u + phase)) * fade;
    });
  }
}
