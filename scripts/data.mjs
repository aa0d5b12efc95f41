/**
 * Puts the data sets that have files (MNIST and Fashion-MNIST) into public/data/, so that the site serves its own copy.
 *
 * Every file is compared with its published SHA-256 before it takes its place; what is already there and right stays.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { commandLine } from './commandLine.mjs';
import { isProgram, ROOT, say } from './environment.mjs';

const SOURCES = JSON.parse(readFileSync(join(ROOT, 'src/lib/data/sources.json'), 'utf8'));
const TITLES = Object.values(SOURCES)
  .map(({ title }) => title)
  .join(' and ');
const USAGE = `npm run data: puts ${TITLES} into public/data/, from DATA_DIR, ../shared/data, then the network
  --from DIR      takes them from DIR only
  --no-network    leaves out what is not on this machine`;
const HEADER_TIMEOUT = 8_000; // ms until a host must have answered
const BODY_TIMEOUT = 300_000;

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** All files: { folder, aliases, title, file, mirrors }; an alias is where another tool leaves the same files. */
export function listFiles(sources = SOURCES) {
  return Object.values(sources).flatMap(({ folder, aliases, title, mirrors, files }) =>
    Object.values(files).map((file) => ({ folder, aliases, title, mirrors, file })),
  );
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

/** Why the bytes are not the file, or null. */
function mismatch(bytes, file) {
  if (bytes.length !== file.bytes) return `has ${bytes.length} bytes instead of ${file.bytes}`;
  return sha256(bytes) === file.sha256 ? null : 'differs from the published file (SHA-256)';
}

/** The file as published, and as other tools unpack it: each with its own sum. The book reads both. */
const forms = ({ name, rawBytes, rawSha256, ...packed }) => [
  { name, ...packed },
  ...(rawSha256 ? [{ name: name.replace(/\.gz$/, ''), bytes: rawBytes, sha256: rawSha256 }] : []),
];

/** Looks for the file in a folder; gives { name, bytes } or { problems }. */
function takeLocal(directory, { folder, file }, places) {
  const problems = [];
  for (const [alias, form] of places.flatMap((alias) => forms(file).map((form) => [alias, form]))) {
    const path = join(directory, alias, form.name);
    const bytes = readIfThere(path);
    if (!bytes) continue;
    const problem = mismatch(bytes, form);
    if (problem === null) return { bytes, name: form.name };
    // At the top of DIR the other data set may use the same name: that is no fault of the file.
    if (alias !== '') problems.push(`${path} ${problem}`);
  }
  return {
    problems: problems.length ? problems : [`${file.name} is not in ${join(directory, folder)}`],
  };
}

async function takeNetwork({ mirrors, file }, dead) {
  const problems = [];
  for (const mirror of mirrors) {
    const { host } = new URL(mirror);
    if (dead.has(host)) continue;
    const stop = new AbortController();
    let timer = setTimeout(() => stop.abort(), HEADER_TIMEOUT);
    try {
      const response = await fetch(mirror + file.name, { signal: stop.signal });
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), BODY_TIMEOUT);
      if (!response.ok) throw new Error(`answered ${response.status}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      const problem = mismatch(bytes, file);
      if (problem === null) return { bytes };
      problems.push(`${host} sent a file that ${problem}`);
    } catch (error) {
      const status = /answered \d+/.test(error.message);
      if (!status) dead.add(host); // not reachable: do not wait for it again
      problems.push(`${host} ${status ? error.message : 'cannot be reached'}`);
    } finally {
      clearTimeout(timer);
    }
  }
  return { problems };
}

/**
 * Prepares all files in `to`. Never throws for a bad source: gives { ready, added, problems }, and an existing good file is
 * replaced by nothing but an equally good one.
 *
 * @param {{ from?: string | null, to?: string, network?: boolean, files?: ReturnType<typeof listFiles> }} options
 */
export async function prepareData({
  from = null,
  to = join(ROOT, 'public/data'),
  network = true,
  files = listFiles(),
}) {
  const directories = from
    ? [resolve(from)]
    : [process.env.DATA_DIR, join(ROOT, '../shared/data')].filter(
        (path) => path && existsSync(path),
      );
  const dead = new Set();
  const problems = [];
  let [ready, added] = [0, 0];
  for (const entry of files) {
    const there = takeLocal(to, entry, [entry.folder]);
    const kept = there.bytes !== undefined;
    let found = kept ? there : null;
    const reasons = [];
    // A named folder is checked even when a good copy is in place: a bad file there must not pass in silence.
    for (const directory of kept && !from ? [] : directories) {
      const local = takeLocal(directory, entry, [entry.folder, ...entry.aliases, '']);
      if (local.bytes) found ??= local;
      else reasons.push(...local.problems);
    }
    if (!found && !from && network) {
      const remote = await takeNetwork(entry, dead);
      if (remote.bytes) found = remote;
      else reasons.push(...remote.problems);
    }
    if (!found || (from && reasons.length)) problems.push(...reasons);
    if (!found) continue;
    ready++;
    if (kept) continue;
    const target = join(to, entry.folder, found.name ?? entry.file.name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(`${target}.part`, found.bytes);
    renameSync(`${target}.part`, target); // never a half-written file under the real name
    added++;
  }
  return { ready, added, total: files.length, problems };
}

/** Prepares and prints; gives the result. */
export async function dataStep(options) {
  const result = await prepareData(options);
  const { ready, added, total, problems } = result;
  if (ready === total)
    say(`${TITLES}: all ${total} files in public/data are as published (${added} new).`);
  else {
    say(
      `${TITLES}: ${ready} of ${total} files are in public/data. The book works without the others: readers ` +
        'fetch them from public copies, or train on drawn digits. To add them: npm run data -- --from DIR',
    );
  }
  for (const problem of [...new Set(problems)]) say(`  not used: ${problem}`);
  return result;
}

async function main() {
  const { from, 'no-network': offline } = commandLine(USAGE);
  if (from !== undefined && !existsSync(from)) {
    console.error(
      `There is no folder ${from}. Nothing was changed. Give the folder that holds mnist/ and fashion-mnist/.`,
    );
    process.exit(1);
  }
  const { problems } = await dataStep({ from, network: !offline });
  process.exit(problems.length ? 1 : 0);
}

if (isProgram(import.meta.url)) await main();
