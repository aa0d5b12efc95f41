/** The browser tests need Chromium. Finds one, or installs it where that is possible, and says what it does. */
import { spawnSync } from 'node:child_process';
import { findChromium } from './browser.mjs';
import { say } from './environment.mjs';

const works = (program, args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** The path of a browser, or null after saying what to do. */
export function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH;
  const found = findChromium();
  if (found) {
    if (named && found !== named) say(`CHROMIUM_PATH names no file (${named}); using ${found}.`);
    return found;
  }
  const isRoot = process.getuid?.() === 0;
  const sudo = !isRoot && works('sudo', ['-n', 'true']);
  if (works('apt-get', ['--version']) && (isRoot || sudo)) {
    say('No Chromium or Chrome found. Installing the package chromium with apt-get.');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    for (const args of [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ]) {
      const [program, list] = isRoot ? ['apt-get', args] : ['sudo', ['-n', 'apt-get', ...args]];
      spawnSync(program, list, { stdio: ['ignore', 'inherit', 'inherit'], env });
    }
    if (findChromium()) return findChromium();
  }
  console.error(
    'No Chromium was found, and none could be installed, so the browser tests cannot run. Install Chromium or Chrome ' +
      '(on Debian or Ubuntu as root: apt-get install chromium), or set CHROMIUM_PATH to its program, and run npm test again.',
  );
  return null;
}
