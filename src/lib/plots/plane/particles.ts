/** Particles and their trails on a canvas: thousands of small squares and a few hundred short lines, in a few calls for each colour. */
import type { Paths } from '../../math/samplers/particles.ts';
import { across, coordinate, down, type Place, placeAt } from './view.ts';

export interface Dots {
  paths: Paths;
  t: number;
  /** The part of each particle, 0 or 1, and the colour of each part. */
  parts: Uint8Array;
  colours: readonly [string, string];
}

/** A square canvas, and the side of a dot on it. */
export interface Square {
  context: CanvasRenderingContext2D;
  size: number;
  dot: number;
}

export function drawParticles({ context, size, dot }: Square, { paths, t, parts, colours }: Dots) {
  const place = placeAt(paths.times, t);
  colours.forEach((colour, part) => {
    context.fillStyle = colour;
    for (let i = 0; i < parts.length; i++) {
      if (parts[i] !== part) continue;
      const x = across(coordinate(paths, place, 2 * i), size);
      const y = down(coordinate(paths, place, 2 * i + 1), size);
      context.fillRect(x - dot / 2, y - dot / 2, dot, dot);
    }
  });
}

/** Every so many particles have a trail. */
const EVERY = 16;
/** Parts of a trail, from the newest: how long they reach back, as a part of the whole time, and how strong they are. */
const AGES = [
  { until: 0.03, alpha: 0.6 },
  { until: 0.065, alpha: 0.3 },
  { until: 0.11, alpha: 0.14 },
];

/** Where some of the particles have just been. */
export function drawTrails({ context, size, dot }: Square, { paths, t, parts, colours }: Dots) {
  const { times } = paths;
  const now = placeAt(times, t);
  const span = Math.abs(times[times.length - 1] - times[0]);
  context.save();
  context.lineWidth = dot * 0.45;
  context.lineJoin = 'round';
  let from = 0;
  for (const { until, alpha } of AGES) {
    const stops = stopsBetween(times, t, now, from * span, until * span);
    from = until;
    if (stops.length < 2) continue;
    context.globalAlpha = alpha;
    colours.forEach((colour, part) => {
      context.strokeStyle = colour;
      context.beginPath();
      for (let i = 0; i < parts.length; i += EVERY) {
        if (parts[i] !== part) continue;
        stops.forEach((stop, k) => {
          const x = across(coordinate(paths, stop, 2 * i), size);
          const y = down(coordinate(paths, stop, 2 * i + 1), size);
          if (k === 0) context.moveTo(x, y);
          else context.lineTo(x, y);
        });
      }
      context.stroke();
    });
  }
  context.restore();
}

/** The places of the way between two ages before now, the newer first: both ends, and every frame between them. */
function stopsBetween(times: readonly number[], t: number, now: Place, young: number, old: number) {
  const back = times[times.length - 1] >= times[0] ? -1 : 1;
  const stops = [placeAt(times, t + back * young)];
  for (let k = now.frame; k >= 0; k--) {
    const age = Math.abs(times[k] - t);
    if (age >= old) break;
    if (age > young) stops.push({ frame: k, share: 0 });
  }
  stops.push(placeAt(times, t + back * old));
  return stops;
}
