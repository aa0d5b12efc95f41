/**
 * Makes the small extracts that the tests hold against floor 0: node scripts/vectors/extract.mjs FOLDER writes
 * tests/fixtures/vectors/TOPIC.json, a few entries of every list of the files in FOLDER.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProgram, ROOT } from '../environment.mjs';
import { filesOf } from './folder.mjs';
import { TOPICS } from './topics.mjs';

/** Entries kept of a list that is long, by its name; of other lists of objects MOST are. */
const KEPT = { finite: 3, terms: 16, points: 6, runs: 6, cases: 8, operations: 100, error_bars: 1 };
const MOST = 4;
/** A run of RePaint is long as a whole, and cannot be cut; seven of DPM-Solver's are in all three spaces. */
const RUNS = { repaint: 1, dpm_solver: 7 };

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Evenly spaced, the first and the last among them. */
const some = (list, most) =>
  list.length <= most
    ? list
    : Array.from(
        { length: most },
        (_, i) => list[Math.round((i * (list.length - 1)) / (most - 1))],
      );

function shorten(value, topic, key) {
  if (Array.isArray(value) && value.every(isObject) && value.length > 0) {
    const most = (key === 'runs' && RUNS[topic]) || (KEPT[key] ?? MOST);
    return (most === 1 ? value.slice(0, 1) : some(value, most)).map((entry) =>
      shorten(entry, topic),
    );
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, shorten(inner, topic, name)]),
  );
}

export function extract(file) {
  const { topic, tolerance, definitions } = file.meta;
  return { ...shorten(file, topic), meta: { topic, tolerance, definitions } };
}

if (isProgram(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  const target = join(ROOT, 'tests/fixtures/vectors');
  mkdirSync(target, { recursive: true });
  for (const name of filesOf(folder)) {
    const file = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (!Object.hasOwn(TOPICS, file.meta.topic)) continue;
    writeFileSync(join(target, name), `${JSON.stringify(extract(file))}\n`);
  }
}
