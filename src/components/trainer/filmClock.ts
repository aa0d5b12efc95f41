/**
 * When the film takes its next moment. A network learns most in its first steps, so the moments stand at 1, 2, 4, 8, … steps,
 * and at least every few seconds later; but drawing costs training time, and the film keeps within a budget.
 */

/** Longest time between two moments, in seconds of training, where the budget allows it. */
const EVERY = 4;
/** The share of the training time that may go into the film … */
const SHARE = 0.05;
/** … as if the run were this many seconds older: the first moments are borrowed. From 30 s on the share is at most a tenth. */
const AHEAD = 30;

/** Evaluations of the network for a moment: few while all that it draws is mush, so that many moments show it. */
export const filmSteps = (step: number): number => (step < 64 ? 5 : step < 512 ? 10 : 20);

export interface FilmClock {
  /** Whether a moment is to be taken now: `step` and `seconds` of training as the worker tells them. */
  due(step: number, seconds: number): boolean;
  /** A moment was begun at `step`; drawing it took `cost` seconds of the training's time. */
  taken(step: number, cost: number): void;
  /** Another run. */
  restart(): void;
}

/** The least power of two above `step`. */
export const nextMilestone = (step: number): number =>
  step < 1 ? 1 : 2 ** (Math.floor(Math.log2(step)) + 1);

export function createFilmClock(): FilmClock {
  let begun = Number.NaN;
  let now = 0;
  let lastTime = 0;
  let lastStep = 0;
  let spent = 0;
  /** What a moment costs, by the last one. */
  let cost = 0;
  return {
    due(step, seconds) {
      // A restored run has trained before; its film begins with the page.
      if (Number.isNaN(begun)) begun = seconds;
      now = seconds;
      const first = spent === 0 && lastStep === 0;
      const wanted = first || step >= nextMilestone(lastStep) || now - lastTime >= EVERY;
      return wanted && spent + cost <= SHARE * (now - begun + AHEAD);
    },
    taken(step, seconds) {
      lastStep = step;
      lastTime = now;
      cost = seconds;
      spent += seconds;
    },
    restart() {
      begun = Number.NaN;
      now = 0;
      lastTime = 0;
      lastStep = 0;
      spent = 0;
      cost = 0;
    },
  };
}
