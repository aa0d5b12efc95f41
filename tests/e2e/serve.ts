import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    site: string;
  }
}

let server: ChildProcess;

/** Serves the built site (dist/) as `npm start` does, on a free port, for all end-to-end tests. */
export async function setup(project: TestProject): Promise<void> {
  server = spawn(process.execPath, ['scripts/serve.mjs', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout as NodeJS.ReadableStream });
  const site = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) resolve(url);
    });
    server.once('exit', () =>
      reject(new Error('the built site could not be served: run "npm run build" first')),
    );
  });
  project.provide('site', site);
}

export async function teardown(): Promise<void> {
  server.kill();
}
