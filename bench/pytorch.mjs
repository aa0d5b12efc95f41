/** PyTorch as a cell: python/bench.py, started anew for every turn. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** A python3 with torch, or null. PYTHON goes first; Debian's own comes last. */
export function findTorch() {
  const places = [process.env.PYTHON, 'python3', '/usr/bin/python3'].filter(Boolean);
  for (const python of places) {
    const { status, stdout } = spawnSync(python, ['-c', 'import torch; print(torch.__version__)'], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    if (status === 0) return { python, version: stdout.trim() };
  }
  return null;
}

/** One turn: a fresh process, three untimed calls, then the median of `repeat`. */
export function torchTurn(python, { threads, batch }, repeat) {
  return new Promise((resolve, reject) => {
    const args = ['--threads', threads, '--batch', batch, '--repeat', repeat].map(String);
    const child = spawn(python, [join(ROOT, 'python/bench.py'), ...args], { cwd: ROOT });
    let output = '';
    let errors = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) reject(new Error(errors.trim().split('\n').at(-1) || `exit code ${code}`));
      else resolve(JSON.parse(output.trim().split('\n').at(-1)));
    });
  });
}
