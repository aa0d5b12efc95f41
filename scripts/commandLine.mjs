import { parseArgs } from 'node:util';

/**
 * Options of a command, by its own usage text: each line that begins with `--name` or `--name VALUE` is an option. `--help` prints
 * the text; an option that is not in it is told and nothing is done.
 *
 * @param {string} usage
 * @param {string[]} list
 * @returns {Record<string, any>}
 */
export function commandLine(usage, list = process.argv.slice(2)) {
  const options = { help: { type: 'boolean' } };
  for (const [, name, value] of usage.matchAll(/^\s*--([a-z-]+)(?: ([A-Z][\w.,]*))?(?=\s|$)/gm))
    options[name] = { type: value ? 'string' : 'boolean' };
  try {
    const { values } = parseArgs({ args: list, options });
    if (!values.help) return values;
  } catch (error) {
    console.error(`${error.message}\nNothing was done. Usage:\n${usage}`);
    process.exit(1);
  }
  console.log(usage);
  process.exit(0);
}
