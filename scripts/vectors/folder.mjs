/** Reads a folder of reference vectors and judges each file. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createJudge, inside, part } from './judge.mjs';
import { TOPICS } from './topics.mjs';

const TASK = 'Give a folder of files like samplers.json, as in ../shared/vectors/open.';

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
  let file;
  try {
    file = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`expected JSON: ${error.message}`);
  }
  if (typeof file?.meta?.topic !== 'string')
    throw new Error('expected meta.topic, the name of the topic');
  return file;
}

/** { line, ok } for one file. */
export function judgeFile(folder, name) {
  try {
    const file = readVectors(join(folder, name));
    const { topic } = file.meta;
    if (!Object.hasOwn(TOPICS, topic)) return { line: `${topic}: not built yet`, ok: true };
    const { parts, judge } = TOPICS[topic];
    part(file.meta, 'tolerance', 'meta.');
    for (const key of parts) part(file, key);
    const judged = createJudge();
    judged.notBuilt(...Object.keys(file).filter((key) => key !== 'meta' && !parts.includes(key)));
    inside(topic, file, () => judge(file, judged));
    const { values, worst, notBuilt } = judged.result();
    if (values === 0) throw new Error('expected numbers to judge, found none');
    const ok = worst.ratio <= 1;
    const off = ok ? '' : `OFF at ${worst.what}, `;
    const rest = notBuilt.length ? `; not built yet: ${notBuilt.join(', ')}` : '';
    const line = `${topic}: ${values} values, ${off}worst error over its tolerance ${worst.ratio.toPrecision(3)}${ok ? ` (${worst.what})` : ''}${rest}`;
    return { line, ok };
  } catch (error) {
    return { line: `${name}: could not be judged: ${error.message}`, ok: false };
  }
}
