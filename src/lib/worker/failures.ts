/** What the reader is told when a run breaks: what happened, what was kept, what to do. */
import type { WorkerEvent } from './protocol.ts';
import { asRefusal } from './refusal.ts';

type Failure = Extract<WorkerEvent, { type: 'error' }>;

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

export const lossNotFinite = (at: number, kept: number): Failure => ({
  type: 'error',
  code: 'lossNotFinite',
  message: `The loss of step ${at} is not a number: the weights have grown without bound.`,
  kept: `The weights of step ${kept}, the last good ones, are back in place.`,
  todo: 'Lower the learning rate, then press Train to go on from there.',
});

export const deviceLost = (
  at: number,
  what: string,
  kept: number,
  training: boolean,
  next: string,
): Failure => ({
  type: 'error',
  code: 'deviceLost',
  message: `Step ${at} could not be finished: ${what}.`,
  kept: `The weights of step ${kept} are kept.`,
  todo: `${training ? 'You need do nothing: training goes on from there.' : 'Press Train to go on from there.'} ${next}`,
});

export const noBackendLeft = (what: string, error: unknown, kept: number): Failure => ({
  type: 'error',
  code: 'deviceLost',
  message: `Training stopped: ${what}, and no other backend would start. ${sentence(reason(error))}`,
  kept: `The weights of step ${kept} are kept.`,
  todo: 'Reload the page and press Train; the run continues from its saved checkpoint.',
});

export const crashed = (at: number, error: unknown, kept: number): Failure => ({
  type: 'error',
  code: 'internal',
  message: `Training stopped at step ${at}. ${sentence(reason(error))}`,
  kept: `The weights of step ${kept} are kept.`,
  todo: 'Press Train to try again, or choose another backend.',
});

/** `step` is that of the run before, null where there was none. */
export function notStarted(thrown: unknown, step: number | null): Failure {
  const { code, message } = asRefusal(thrown);
  return {
    type: 'error',
    code,
    message: sentence(message),
    kept:
      step === null
        ? 'Nothing was trained yet; runs saved in this browser are untouched.'
        : `The run before it is kept, paused at step ${step}.`,
    todo: 'Change the setting that it names, then press Train.',
  };
}
