/**
 * Holds reference vectors, a folder with a file for each topic, against the book's own mathematics (src/lib/math).
 */
import { ensureNode, isProgram } from './environment.mjs';

const USAGE = `node scripts/vectors.mjs FOLDER: holds the reference vectors of a folder against src/lib/math
  --help          this text
A line for each topic: how many values were compared, the worst error over its tolerance, and what of it is not built yet. It ends with 1 where one is above 1, or a file cannot be read.`;

async function main(args) {
  if (args.includes('--help')) return console.log(USAGE);
  const [folder] = args;
  if (args.length !== 1 || folder.startsWith('-')) {
    console.error(
      `Expected one folder, found ${args.length ? `"${args.join(' ')}"` : 'nothing'}. Usage:\n${USAGE}`,
    );
    process.exit(1);
  }
  await ensureNode();
  const { filesOf, judgeFile } = await import('./vectors/folder.mjs');
  const { TOPICS } = await import('./vectors/topics.mjs');
  let names;
  try {
    names = filesOf(folder);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  let off = 0;
  const missing = new Set(Object.keys(TOPICS));
  for (const name of names) {
    const { topic, line, ok } = judgeFile(folder, name);
    console.log(line);
    missing.delete(topic);
    if (!ok) off++;
  }
  if (missing.size > 0) console.log(`No file for ${[...missing].join(', ')}.`);
  if (off > 0) console.error(`${off} of ${names.length} files are off.`);
  process.exit(off ? 1 : 0);
}

if (isProgram(import.meta.url)) await main(process.argv.slice(2));
