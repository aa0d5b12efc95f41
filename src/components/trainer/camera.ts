/** Shoots the film of a run: draws the same pictures with the weights of now, at the moments of the film's clock. */
import type { Kind } from '../../lib/tensor/recipes/recipe.ts';
import type { Trainer } from '../../lib/worker/client.ts';
import { addMoment, recordMoment } from './film.ts';
import { createFilmClock } from './filmClock.ts';
import type { SessionState, StepStats } from './sessionState.ts';

export interface Camera {
  /** A moment; skipped while another drawing runs or the tab is hidden. */
  shoot(): void;
  /** A moment, if its time has come. */
  step(stats: StepStats): void;
  /** Another run. */
  restart(): void;
}

/** `stepNow`: the newest step heard of. `requestAt`: what is drawn at a step; null where there is no run. */
export function createCamera<K extends Kind>(
  trainer: Trainer<K>,
  s: SessionState,
  stepNow: () => number,
  requestAt: (step: number) => K['draw'] | null,
): Camera {
  const clock = createFilmClock();
  let busy = false;
  const take = async () => {
    const request = requestAt(stepNow());
    const own = s.era.value;
    if (busy || !request || s.sampling.value || document.hidden) return;
    busy = true;
    const recording = recordMoment(stepNow());
    try {
      const { trained, seconds } = await trainer.sample(request, recording.add);
      clock.taken(trained, s.state.value === 'training' ? seconds : 0);
      if (recording.moment && s.era.value === own)
        s.film.value = addMoment(s.film.value, { ...recording.moment, step: trained });
    } catch {
      // A run that ended or was replaced meanwhile has told so itself; the film is only shorter.
    } finally {
      busy = false;
    }
  };
  return {
    shoot: () => void take(),
    step({ step, seconds }) {
      if (s.state.value === 'training' && clock.due(step, seconds)) void take();
    },
    restart: clock.restart,
  };
}
