import { useMemo } from 'preact/hooks';
import { BELL, type PlaneShape } from '../../../lib/data/planeShapes.ts';
import { blurredDenoiser } from '../../../lib/math/exact/blurred.ts';
import type { ExactDenoiser } from '../../../lib/math/exact/finite.ts';
import { isSchedule } from '../../../lib/math/process/process.ts';
import {
  arrowsAt,
  densityAt,
  HEAT,
  type PlaneArrow,
  shades,
} from '../../../lib/plots/plane/field.ts';
import { channels } from '../../controls/useColours.ts';
import { type PlanePath, processOn, T, timeOn } from './planeState.ts';

export interface Field {
  denoiser: ExactDenoiser;
  /** The density of x_t in shades of a colour, HEAT × HEAT. */
  heat(t: number): HTMLCanvasElement;
  arrows(t: number): PlaneArrow[];
}

/** What is behind the particles, computed for whole times when it is first seen: a millisecond or two each. */
export function useField(shape: PlaneShape, colour: string, path: PlanePath = 'chain'): Field {
  return useMemo(() => {
    const { centres } = shape;
    const bells = { centres, deviation: BELL };
    const rows = Array.from({ length: centres.length / 2 }, (_, i) =>
      centres.subarray(2 * i, 2 * i + 2),
    );
    const process = processOn(path);
    const on = isSchedule(process) ? { schedule: process } : { path: process };
    const denoiser = blurredDenoiser({ ...on, centres: rows, deviation: BELL });
    const heats: HTMLCanvasElement[] = [];
    const arrows: PlaneArrow[][] = [];
    const whole = (t: number) => Math.min(T, Math.max(0, Math.round(t)));
    return {
      denoiser,
      heat(t) {
        const at = whole(t);
        heats[at] ??= asCanvas(
          shades(densityAt(bells, process, timeOn(path, at)), channels(colour)),
          HEAT,
        );
        return heats[at];
      },
      arrows(t) {
        // There is no score of the first kind where there is no noise; one step on it is all but the same.
        const at = Math.max(1, whole(t));
        arrows[at] ??= arrowsAt(denoiser, bells, process, timeOn(path, at));
        return arrows[at];
      },
    };
  }, [shape, colour, path]);
}

/** Pixels as a canvas that another one can be drawn from. */
export function asCanvas(pixels: Uint8ClampedArray<ArrayBuffer>, width: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = pixels.length / 4 / width;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width), 0, 0);
  return canvas;
}
