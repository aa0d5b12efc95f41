/** Reads a folder of reference vectors and judges each file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createJudge, inside, part } from './judge.mjs';
import { notBuilt, tellNotBuilt } from './notBuilt.mjs';
import { TOPICS } from './topics.mjs';

const TASK = 'Give a folder of files like those of tests/fixtures/vectors.';

/** The names of the folder's files. Throws an Error that says what was expected and found. */
export function filesOf(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`There is no folder ${folder}. ${TASK}`);
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  if (names.length === 0) throw new Error(`${folder} holds no .json file. ${TASK}`);
  return names;
}

function readVectors(path) {
  const text = readFileSync(path, 'utf8');
  let file;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new Error(`expected JSON: ${error.message}`);
  }
  if (typeof file?.meta?.topic !== 'string')
    throw new Error('expected meta.topic, the name of the topic');
  return file;
}

/** { topic, line, ok } for one file. */
export function judgeFile(folder, name) {
  let topic = name.replace(/\.json$/, '');
  try {
    const file = readVectors(join(folder, name));
    topic = file.meta.topic;
    if (!Object.hasOwn(TOPICS, topic)) return { topic, line: `${topic}: not built yet`, ok: true };
    const { parts, inputs, judge } = TOPICS[topic];
    part(file.meta, 'tolerance', 'meta.');
    for (const key of parts) part(file, key);
    const judged = createJudge();
    inside(topic, file, () => judge(file, judged));
    const { values, compared, off, worst } = judged.result();
    if (values === 0) throw new Error('expected numbers to judge, found none');
    const verdict = off
      ? `OFF at ${worst.what} in ${name}: expected ${worst.expected}, found ${worst.found}, worst error over its tolerance ${worst.ratio.toPrecision(3)} (${off} off in all)`
      : `worst error over its tolerance ${worst.ratio.toPrecision(3)} (${worst.what})`;
    const empty = parts.filter((key) => file[key] === null || file[key].length === 0);
    const rest = `${tellNotBuilt(notBuilt(file, inputs, compared))}${empty.length ? `; empty: ${empty.join(', ')}` : ''}`;
    return { topic, line: `${topic}: ${values} values, ${verdict}${rest}`, ok: off === 0 };
  } catch (error) {
    const message = error.message.replaceAll(/\s+/g, ' ');
    return { topic, line: `${name}: could not be judged: ${message}`, ok: false };
  }
}
