import { type ChildProcess, spawn } from 'node:child_process';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    site: string;
  }
}

const PORT = 4399;
let server: ChildProcess;

/** Serves the built site (dist/) as `npm start` does, for all end-to-end tests. */
export async function setup(project: TestProject): Promise<void> {
  server = spawn(process.execPath, ['scripts/serve.mjs', '--port', String(PORT)], {
    stdio: 'inherit',
  });
  const site = `http://localhost:${PORT}/`;
  for (let tries = 0; ; tries++) {
    try {
      if ((await fetch(site)).ok) break;
    } catch {}
    if (tries > 100) throw new Error(`no server answered at ${site}: run "npm run build" first`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  project.provide('site', site);
}

export async function teardown(): Promise<void> {
  server.kill();
}
