/**
 * A static server for dist/ with the headers that the book wants: cross-origin isolation (threads), a content security
 * policy, long caching of hashed files; the compressed files that the build wrote.
 */
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { commandLine } from './commandLine.mjs';
import { isProgram, ROOT } from './environment.mjs';
import { createHandler } from './siteHandler.mjs';

const USAGE = `node scripts/serve.mjs: serves the built book
  --port N        4321
  --base PATH     as below /PATH/ on a host
  --host ADDRESS  127.0.0.1; 0.0.0.0 for the whole network
  --root DIR      dist
  --no-headers    as a host that sends none (no threads)`;

/** '/x/' from 'x', '/x', '/x/'; '/' from nothing. */
export function basePath(text) {
  const inner = (text ?? '').replace(/^\/+|\/+$/g, '');
  return inner ? `/${inner}/` : '/';
}

/** A usable port; prints and exits for nonsense. */
export function portFrom(text) {
  const port = Number(text ?? 4321);
  if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
  console.error(`${text} is not a port. Give a number from 1 to 65535, for example --port 4322.`);
  process.exit(1);
}

export const takenMessage = (port) =>
  `Port ${port} is taken by another program, so the book is not being served. ` +
  `Stop that program, or choose another port: npm start -- --port ${port + 1}`;

/** True when nothing answers on the port. */
export function portIsFree(port, host = '127.0.0.1') {
  if (port === 0) return Promise.resolve(true);
  return new Promise((done) => {
    const socket = connect({ port, host: host === '0.0.0.0' ? '127.0.0.1' : host });
    socket.once('connect', () => socket.destroy() && done(false));
    socket.once('error', () => done(true));
  });
}

/** Listens on localhost (IPv4, and IPv6 where there is one) until it is stopped; prints where. */
export async function serve({
  port = 4321,
  base = '/',
  host,
  root = join(ROOT, 'dist'),
  headers = true,
}) {
  const handler = createHandler({ root: resolve(root), base, headers });
  const listen = (address) =>
    new Promise((done, failed) => {
      const server = createServer(handler);
      server.once('error', failed);
      server.listen(port, address, () => done(server));
    });
  const servers = [];
  try {
    servers.push(await listen(host ?? '127.0.0.1'));
    port ||= servers[0].address().port;
    if (!host) servers.push(await listen('::1'));
  } catch (error) {
    if (error.code === 'EADDRINUSE') {
      console.error(takenMessage(port));
      process.exit(1);
    }
    if (servers.length === 0) throw error; // without IPv6 the second address fails, and that is fine
  }
  console.log(`The book is at http://localhost:${port}${base}  (Ctrl+C stops it)`);
  const stop = () => {
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return { port, stop };
}

if (isProgram(import.meta.url)) {
  const options = commandLine(USAGE);
  const root = resolve(options.root ?? join(ROOT, 'dist'));
  if (!(await stat(join(root, 'index.html')).catch(() => null))) {
    console.error(`There is no built book in ${root}. Build it first: npm run build`);
    process.exit(1);
  }
  await serve({
    port: portFrom(options.port),
    base: basePath(options.base ?? process.env.BASE_PATH),
    host: options.host,
    root,
    headers: !options['no-headers'],
  });
}
