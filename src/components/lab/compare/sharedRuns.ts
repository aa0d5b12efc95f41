/**
 * A comparison as a link: one `run=…` for each run, with its name, the settings that make it, and how far it had come with
 * which loss. Weights are not in it: whoever follows the link trains the same runs, from the same seeds.
 */
import { type LabSettings, parseSettings, printSettings } from '../../trainer/settings.ts';

export interface SharedRun {
  name: string;
  settings: LabSettings;
  /** Where it stood, and its loss there; 0 and NaN of one that nobody has trained yet. */
  step: number;
  loss: number;
}

/** Runs that are laid over each other: more are not told apart. */
export const MOST_COMPARED = 4;
const LONGEST_NAME = 60;
const RUN = 'run';

export const shortName = (name: string): string => name.trim().slice(0, LONGEST_NAME);

/** `name`, or with the first number after it that makes it nobody else's: curves are told apart by their names. */
export function freeName(name: string, taken: readonly string[]): string {
  let free = name;
  for (let i = 2; taken.includes(free); i++) free = `${name.slice(0, LONGEST_NAME - 4)} ${i}`;
  return free;
}

function printRun({ name, settings, step, loss }: SharedRun): string {
  const { searchParams } = printSettings(settings, new URL('http://lab.invalid/'));
  searchParams.set('name', name);
  if (step > 0) searchParams.set('at', String(step));
  if (Number.isFinite(loss)) searchParams.set('loss', String(Number(loss.toPrecision(4))));
  return searchParams.toString();
}

function parseRun(text: string, problems: string[]): SharedRun {
  const params = new URLSearchParams(text);
  const taken = (name: string) => {
    const value = params.get(name);
    params.delete(name);
    return value;
  };
  const name = shortName(taken('name') ?? '');
  const at = Number(taken('at') ?? 0);
  const loss = Number(taken('loss') ?? Number.NaN);
  const read = parseSettings(params);
  problems.push(...read.problems);
  const step = Number.isSafeInteger(at) && at > 0 ? at : 0;
  return { name, settings: read.settings, step, loss: loss > 0 ? loss : Number.NaN };
}

/** The address of the lab with these runs alone. */
export function linkOf(runs: readonly SharedRun[], page: URL): URL {
  const url = new URL(page);
  url.search = '';
  url.hash = 'compare';
  for (const run of runs) url.searchParams.append(RUN, printRun(run));
  return url;
}

/** The runs that an address asks to compare; `problems` are those of all of them. */
export function sharedRuns(params: URLSearchParams): { runs: SharedRun[]; problems: string[] } {
  const problems: string[] = [];
  const texts = params.getAll(RUN).slice(0, MOST_COMPARED);
  return { runs: texts.map((text) => parseRun(text, problems)), problems };
}
