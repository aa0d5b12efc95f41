import { computed, type ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlaneShape } from '../../../lib/data/planeShapes.ts';
import type { SamplerChoice } from '../../../lib/math/samplers/record.ts';
import { type Colours, useColours } from '../../controls/useColours.ts';
import {
  type Beginning,
  type PlanePath,
  type PlaneState,
  planeState,
  shapeOf,
  T,
} from './planeState.ts';
import { createPlayer, type Player } from './player.ts';
import { type Field, useField } from './useField.ts';
import { useWalks, type Walks } from './useWalks.ts';

/** All that the parts of the picture share. */
export interface Plane {
  beginning: Beginning;
  path: PlanePath;
  state: PlaneState;
  player: Player;
  shape: PlaneShape;
  walks: Walks;
  field: Field;
  /** Null on the server: there nothing is drawn. */
  colours: Colours | null;
  /** The whole time at which the picture stands; that of the start of playing while it plays. */
  rests: ReadonlySignal<number>;
}

export interface Sampling {
  choice: SamplerChoice;
  steps: number;
  /** The chain when left out. */
  path?: PlanePath;
}
/** Fifty steps of the paper's sampler: enough for every shape to come back. */
const PLAIN: Sampling = { choice: { sampler: 'ddpm' }, steps: 50 };

export function usePlane(beginning: Beginning, sampling: Sampling = PLAIN): Plane {
  const [state] = useState(() => planeState(beginning));
  const colours = useColours();
  const { ways } = beginning;
  const latest = useRef<Walks | null>(null);
  const player = useMemo(
    () =>
      createPlayer({
        t: state.t,
        way: state.way,
        T,
        returns: ways.length > 1,
        ready: (way) => latest.current?.[way] != null,
      }),
    [],
  );
  useEffect(() => player.dispose, []);
  const rests = useMemo(() => {
    let last = player.t.peek();
    return computed(() => {
      if (!player.playing.value) last = player.t.value;
      return Math.round(last);
    });
  }, []);
  const [chosen, drawing] = [state.shape.value, state.drawing.value];
  const shape = useMemo(() => shapeOf(chosen, drawing), [chosen, drawing]);
  const walks = useWalks({ shape, seed: state.seed.value, ways, ...sampling });
  latest.current = walks;
  const field = useField(shape, colours?.exact ?? '', sampling.path);
  const { path = 'chain' } = sampling;
  return { beginning, path, state, player, shape, walks, field, colours, rests };
}
