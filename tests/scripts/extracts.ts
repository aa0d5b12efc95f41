/** What the tests of the reference vectors share: the extracts of them, and files that differ from those. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { judgeFile } from '../../scripts/vectors/folder.mjs';

export const EXTRACTS = 'tests/fixtures/vectors';
export const scratch = mkdtempSync(join(tmpdir(), 'vectors-'));
afterAll(() => rmSync(scratch, { recursive: true }));

export type Vectors = Record<string, never> & { meta: { topic: string } };
export const read = (topic: string): Vectors =>
  JSON.parse(readFileSync(join(EXTRACTS, `${topic}.json`), 'utf8'));

export const judged = (file: unknown) => {
  writeFileSync(join(scratch, 'file.json'), JSON.stringify(file));
  return judgeFile(scratch, 'file.json');
};

export type Place = (string | number)[];

/** The extract with another value (or none) at one place, judged. */
export function changed(topic: string, place: Place, value: (former: unknown) => unknown) {
  const file = read(topic);
  let owner = file as unknown as Record<string | number, never>;
  for (const key of place.slice(0, -1)) owner = owner[key];
  const last = place[place.length - 1];
  owner[last] = value(owner[last]) as never;
  return judged(file);
}

export const command = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/vectors.mjs', ...args], { encoding: 'utf8' });
