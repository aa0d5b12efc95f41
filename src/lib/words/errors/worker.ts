/** What readers are told when a command is refused, a run breaks, or a worker warns. English. */
import { type Sentences, say } from '../../data/reason.ts';
import type { Crash } from '../../worker/asking.ts';
import type {
  Failure,
  FailureValues,
  RefusalReason,
  RefusalValues,
  StorageFault,
  Warning,
  WarningValues,
} from '../../worker/reasons.ts';
import { checkpoint, sayCheckpoint } from './checkpoint.ts';
import { data, sayData } from './data.ts';

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The beginning of a sentence. */
const storage: Record<StorageFault, string> = {
  silent: 'The browser’s storage does not answer',
  full: 'The browser’s storage is full',
  forbidden: 'The browser does not let this page store data',
};
export const sayFault = (fault: StorageFault): string => storage[fault];

const stops: Record<Crash['why'], (message: string) => string> = {
  thrown: (message) => message,
  notLoaded: () => 'it could not be loaded',
  unreadable: () => 'what it said could not be read',
};
const stopped = ({ why, message }: Crash) => `The training worker stopped: ${stops[why](message)}.`;

const missing: Record<RefusalValues['noRun']['missing'], string> = {
  run: 'No run has been started yet. Press Train first.',
  model: 'No checkpoint has been loaded yet. Load one first.',
  shelved:
    'That run is no longer in this browser: it was removed from the list of kept runs, here or in another tab.',
};

const refusals: Sentences<RefusalValues> = {
  cancelled: ({ closed }) =>
    closed ? 'The worker was closed before it answered.' : 'This was stopped before its end.',
  ownedElsewhere: () =>
    'Another tab or trainer of this browser has this run. Take it over here (the other one saves it and stops), or change a setting to train another run.',
  noRun: (values) => missing[values.missing],
  badConfig: (values) =>
    'message' in values
      ? values.message
      : `What is trained here has no answer to "${values.question}". Ask it of a run that has one.`,
  badCheckpoint: (values) =>
    'why' in values
      ? sayCheckpoint(values.why)
      : `The checkpoint ${values.url} could not be fetched: the server answered ${values.status}. Reload the page, or open a checkpoint file of your own.`,
  dataUnavailable: ({ why, measured }) =>
    measured === undefined ? sayData(why) : `${data.happened(why)} ${data.notMeasured(measured)}`,
  backendFailed(values) {
    if ('message' in values) return values.message;
    const { running, asked } = values;
    return `A network in this worker runs on ${running.backend} (kernels: ${running.kernels}), and ${asked.backend === 'auto' ? 'another' : asked.backend} with ${asked.kernels === 'ours' ? 'this book’s' : 'stock'} kernels cannot run beside it. Ask for the same, or close the other one first.`;
  },
  internal(values) {
    if ('message' in values) return values.message;
    return 'crash' in values
      ? stopped(values.crash)
      : `${storage[values.storage]}, so that run cannot be fetched from it now.`;
  },
};
export const sayRefusal = (reason: RefusalReason): string => say(refusals, reason);

/** What happened, what was kept, what to do. */
export interface Account {
  message: string;
  kept: string;
  todo: string;
}
type Accounts = { [Code in keyof FailureValues]: (values: FailureValues[Code]) => Account };

const kept = (step: number) => `The weights of step ${step} are kept.`;

const failures: Accounts = {
  lossNotFinite: (values) => ({
    message: `The loss of step ${values.at} is not a number: the weights have grown without bound.`,
    kept: `The weights of step ${values.kept}, the last good ones, are back in place.`,
    todo: 'Lower the learning rate, then press Train to go on from there.',
  }),
  deviceLost: (values) => ({
    message: `Step ${values.at} could not be finished: ${values.what}.`,
    kept: kept(values.kept),
    todo: `${values.training ? 'You need do nothing: training goes on from there.' : 'Press Train to go on from there.'} ${values.next}`,
  }),
  noBackendLeft: (values) => ({
    message: `Training stopped: ${values.what}, and no other backend would start. ${sentence(sayRefusal(values.why))}`,
    kept: kept(values.kept),
    todo: 'Reload the page and press Train; the run continues from its saved checkpoint.',
  }),
  crashed: (values) => ({
    message: `Training stopped at step ${values.at}. ${sentence(sayRefusal(values.why))}`,
    kept: kept(values.kept),
    todo: 'Press Train to try again, or choose another backend.',
  }),
  notStarted: ({ why, step }) => ({
    message: sentence(sayRefusal(why)),
    kept:
      step === null
        ? 'Nothing was trained yet; runs saved in this browser are untouched.'
        : `The run before it is kept, paused at step ${step}.`,
    todo: 'Change the setting that it names, then press Train.',
  }),
  badCheckpoint: ({ why }) => ({
    message: checkpoint.happened(why),
    kept: checkpoint.kept,
    todo: checkpoint.todo(why),
  }),
  workerStopped: ({ crash }) => ({
    message: stopped(crash),
    kept: 'What this browser keeps of a run is untouched.',
    todo: crash.heard
      ? 'Press Train: a new worker goes on from there.'
      : 'See whether you are connected, then press the button again: a new worker is started.',
  }),
};
export const sayFailure = ({ code, values }: Failure): Account =>
  (failures[code] as (values: Failure['values']) => Account)(values);

const warnings: Sentences<WarningValues> = {
  backendSkipped: ({ message }) => message,
  storage: ({ why }) =>
    why === 'elsewhere'
      ? 'Another tab has gone on with this run and keeps it. This tab’s copy is kept in this tab only; use Save to keep it too.'
      : `${storage[why]}, so the run cannot survive a reload. It is kept in this tab; use Save to keep it as a file.`,
  dataFallback: (reason) => sayData(reason),
  savedRunUnreadable: ({ step, why }) =>
    `The run kept in this browser at step ${step} cannot be read, so a new one begins. It is set aside, not lost: “Get the file”, below the settings, brings it out. ${'message' in why ? why.message : checkpoint.happened(why)}`,
  labelsIgnored: ({ dataset, classes }) =>
    `The data set "${dataset}" has no labels, so the model’s ${classes} classes stay untrained.`,
  noLocks: () =>
    'This browser cannot tell its tabs apart (no Web Locks), so train a run in one tab only: where two train it, the one that wrote first keeps it.',
};
export const sayWarning = (warning: Warning): string => say(warnings, warning);
