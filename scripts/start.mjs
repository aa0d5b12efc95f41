/** `npm start`: installs what is missing, prepares MNIST if it can be found, builds the book and serves it. */
import { commandLine } from './commandLine.mjs';
import { dataStep } from './data.mjs';
import { ensureNode, ensurePackages, say } from './environment.mjs';

const options =
  commandLine(`npm start: installs what is missing, prepares MNIST, builds the book and serves it
  --port N        4321
  --base PATH     as below /PATH/ on a host
  --host ADDRESS  127.0.0.1; 0.0.0.0 for the whole network
  --from DIR      a folder with MNIST
  --no-network    does not fetch MNIST`);
ensurePackages();
await ensureNode();

const { build } = await import('./build.mjs');
const { basePath, portFrom, portIsFree, serve, takenMessage } = await import('./serve.mjs');

// Before the minute of building, not after it.
const port = portFrom(options.port);
if (!(await portIsFree(port, options.host))) {
  console.error(takenMessage(port));
  process.exit(1);
}

try {
  await dataStep({ from: options.from ?? null, network: !options['no-network'] });
} catch (error) {
  say(`MNIST was not prepared (${error.message}); the book works without it.`);
}

const base = basePath(options.base ?? process.env.BASE_PATH);
const code = await build({ BASE_PATH: base });
if (code !== 0) {
  console.error('The build failed; the lines above say where. Nothing is being served.');
  process.exit(code);
}
await serve({ port, base, host: options.host });
