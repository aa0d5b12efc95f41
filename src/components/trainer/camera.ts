/** Shoots the film of a run: draws the fixed noise with the weights of now, at the moments of the film's clock. */
import type { Trainer } from '../../lib/worker/client.ts';
import { addMoment, recordMoment } from './film.ts';
import { createFilmClock } from './filmClock.ts';
import { filmRequestOf } from './runConfig.ts';
import type { SessionState, StepStats } from './sessionState.ts';

export interface Camera {
  /** A moment; skipped while another drawing runs or the tab is hidden. */
  shoot(): void;
  /** A moment, if its time has come. */
  step(stats: StepStats): void;
  /** Another run. */
  restart(): void;
}

/** `stepNow`: the newest step heard of. */
export function createCamera(trainer: Trainer, s: SessionState, stepNow: () => number): Camera {
  const clock = createFilmClock();
  let busy = false;
  const take = async () => {
    const run = s.run.value;
    const own = s.era.value;
    if (busy || !run || s.sampling.value || document.hidden) return;
    busy = true;
    const recording = recordMoment(stepNow());
    try {
      const request = filmRequestOf(run, stepNow());
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
