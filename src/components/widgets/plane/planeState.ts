/** What a reader sets of the particles in the plane, in the address under the widget's own name. */
import { signal } from '@preact/signals';
import {
  drawnShape,
  type PlaneShape,
  planeShape,
  SHAPE_NAMES,
} from '../../../lib/data/planeShapes.ts';
import type { Process } from '../../../lib/math/process/process.ts';
import { makeSchedule } from '../../../lib/math/process/schedule.ts';
import { straight } from '../../../lib/math/process/straight.ts';
import { type Stroke, strokesCodec } from '../../controls/strokes.ts';
import { boolean, integer, oneOf, urlSignal } from '../../controls/urlState.ts';
import type { Way } from './player.ts';

/** The chain of the lab's points: a network trains on the same one. */
export const SCHEDULE = { kind: 'cosine', T: 200 } as const;
export const schedule = makeSchedule(SCHEDULE.kind, SCHEDULE.T);
export const { T } = SCHEDULE;
/** The clock of the picture runs from 0 to T, whatever the path: the straight one has a time of its own, from 0 to 1. */
const STRAIGHT = straight();
export const processOn = (path: PlanePath): Process => (path === 'straight' ? STRAIGHT : schedule);
export const timeOn = (path: PlanePath, clock: number): number =>
  path === 'straight' ? clock / T : clock;
export const COUNT = 2000;

/** Where particles go back: the chain of the other chapters, or the straight path. */
export const PLANE_PATHS = ['straight', 'chain'] as const;
export type PlanePath = (typeof PLANE_PATHS)[number];

export const SHAPES = [...SHAPE_NAMES, 'draw'] as const;
export type Shape = (typeof SHAPES)[number];

/** What is shown besides the particles. */
export const LAYERS = ['trails', 'heat', 'arrows', 'time'] as const;
export type Layer = (typeof LAYERS)[number];

/** How a chapter begins with it. */
export interface Beginning {
  id: string;
  shape: Shape;
  t: number;
  /** The ways that it shows, the first one at first. */
  ways: readonly Way[];
  layers: readonly Layer[];
}

export function planeState({ id, shape, t, ways, layers }: Beginning) {
  const layer = (name: Layer) => urlSignal(`${id}.${name}`, layers.includes(name), boolean);
  const state = {
    shape: urlSignal<Shape>(`${id}.shape`, shape, oneOf(SHAPES)),
    drawing: urlSignal<Stroke[]>(`${id}.drawing`, [], strokesCodec),
    /** The reader is drawing: paper lies where the plane was, until its clock is touched. */
    pen: signal(false),
    t: urlSignal(`${id}.t`, t, integer(0, T)),
    way: urlSignal<Way>(`${id}.way`, ways[0], oneOf(ways)),
    seed: urlSignal(`${id}.seed`, 1, integer(0, 999_999)),
    layers: {
      trails: layer('trails'),
      heat: layer('heat'),
      arrows: layer('arrows'),
      time: layer('time'),
    },
  };
  const reset = () => {
    state.shape.value = shape;
    state.drawing.value = [];
    state.pen.value = false;
    state.t.value = t;
    state.way.value = ways[0];
    state.seed.value = 1;
    for (const name of LAYERS) state.layers[name].value = layers.includes(name);
  };
  return { ...state, reset };
}
export type PlaneState = ReturnType<typeof planeState>;

/** Whether the reader draws now, or has yet to begin. */
export const onPaper = ({ shape, pen, drawing }: PlaneState): boolean =>
  shape.value === 'draw' && (pen.value || drawing.value.length === 0);

/** The distribution that is chosen: until something is drawn, the moons. */
export const shapeOf = (shape: Shape, drawing: readonly Stroke[]): PlaneShape =>
  shape === 'draw' ? (drawnShape(drawing) ?? planeShape('moons')) : planeShape(shape);
