/** The floors of the house and its rooms: what tests/architecture.test.ts checks and scripts/architecture.mjs draws. */

/** A file imports only from its own floor or a lower one. First match counts. @type {[prefix: string, floor: number][]} */
export const FLOORS = [
  ['src/lib/math/', 0],
  ['src/lib/data/', 1],
  ['src/lib/checkpoint/', 1],
  ['src/lib/tensor/', 2],
  ['src/lib/', 3],
  ['src/markdown/', 3],
  ['src/vite/', 3],
  ['src/components/', 4],
  ['src/', 5],
  ['content/', 5],
  ['scripts/', 6],
  ['bench/', 7],
];

/** Folders at the root that stand on a floor. */
export const HOUSE = [...new Set(FLOORS.map(([prefix]) => prefix.split('/')[0]))];

/** @param {string} file */
export const floorOf = (file) => FLOORS.find(([prefix]) => file.startsWith(prefix))?.[1];

/** Formulas, glossary and their words in other languages: prose data that lower floors show, and that import nothing but each other. */
export const PROSE_DATA = /^content\/(formulas|glossary)\.ts$|^content\/(glossary|words)\//;

/** Folders whose own folders are rooms; what lies loose in one is a room of its name. The innermost counts. */
const HALLS = [
  'src/lib/math/',
  'src/lib/tensor/kernels/',
  'src/lib/tensor/',
  'src/lib/',
  'src/components/',
  'src/',
  'content/',
  '',
];

/**
 * The folder that a file belongs to, as the picture counts it: src/lib/worker for all that is in it, but
 * src/lib/math/process apart from src/lib/math/samplers.
 * @param {string} file of one of HOUSE
 */
export function roomOf(file) {
  const hall = HALLS.find((folder) => file.startsWith(folder)) ?? '';
  const [room, ...deeper] = file.slice(hall.length).split('/');
  return deeper.length > 0 ? hall + room : hall.slice(0, -1);
}
