/**
 * `npm start`: installs what is missing, prepares MNIST if it can be found, builds the book and serves it.
 *
 *     npm start -- --port 8080 --base /from-noise/ --from DIR --host 0.0.0.0
 */
import { dataStep } from './data.mjs';
import { ensureNode, ensurePackages, readArguments, say } from './environment.mjs';

const options = readArguments(process.argv.slice(2), { flags: ['no-network'] });
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
