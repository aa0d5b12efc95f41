/** Trains the runs of a link one after the other, each as far as it had come, and keeps it under its name. */
import { effect } from '@preact/signals';
import { runKey } from '../../../lib/tensor/recipes/diffusion/run.ts';
import { shortTitle } from '../../trainer/dataShape.ts';
import { runOf } from '../../trainer/runConfig.ts';
import type { Session } from '../../trainer/session.ts';
import { keepRun, stepOfFile } from '../files.ts';
import type { SharedRun } from './sharedRuns.ts';

/** Keeps the run that the worker holds; its id on the shelf. */
export async function keepHeld(session: Session, name: string): Promise<string> {
  const run = session.run.value;
  const bytes = await session.trainer.save();
  const label = {
    dataset: run?.dataset ?? '',
    step: stepOfFile(bytes),
    date: new Date().toISOString(),
  };
  return keepRun(bytes, run ? runKey(run) : '', { ...label, name });
}

/** How far a shared run is trained: to where it stood, or to its target where it has not been trained. */
export const goalOf = ({ settings, step }: SharedRun): number => step || settings.steps;

/** Trains to `goal`, or to the run's own end; false where the reader paused it before, or it failed. */
async function trainTo(session: Session, { settings }: SharedRun, goal: number): Promise<boolean> {
  await session.train(runOf(settings));
  return new Promise((resolve) => {
    let over = false;
    const end = (reached: boolean) => {
      over = true;
      queueMicrotask(() => stop());
      resolve(reached);
    };
    const stop = effect(() => {
      const state = session.state.value;
      const step = session.stats.value?.step ?? session.at.value;
      if (over) return;
      const there = goal > 0 && step >= goal;
      if (state === 'training' || state === 'loading') {
        if (there && state === 'training') void session.pause();
      } else end(state === 'finished' || (state === 'paused' && there));
    });
  });
}

export interface TrainAllOptions {
  /** Shows what is trained: the lab's settings follow. */
  show(run: SharedRun, i: number): void;
  kept(id: string): void;
}

/** Ends early, with false, where one of them did not come to its goal. */
export async function trainAll(
  session: Session,
  runs: readonly SharedRun[],
  nameOf: (run: SharedRun, i: number) => string,
  { show, kept }: TrainAllOptions,
): Promise<boolean> {
  for (const [i, run] of runs.entries()) {
    show(run, i);
    if (!(await trainTo(session, run, goalOf(run)))) return false;
    kept(await keepHeld(session, nameOf(run, i)));
  }
  return true;
}

/** What a run may be called that nobody has named. */
export const plainName = (
  { dataset, prediction }: SharedRun['settings'],
  suggest: (data: string, prediction: string) => string,
  predictions: Record<SharedRun['settings']['prediction'], string>,
): string => suggest(shortTitle(dataset), predictions[prediction]);
