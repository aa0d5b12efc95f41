/**
 * Draws docs/architecture.svg, the house of the book, from its import lines:
 *
 *     node scripts/architecture.mjs
 *
 * The picture changes when a file comes or goes, or where imports grow or shrink by a factor; tests/scripts/architecture.test.ts
 * compares it with what this draws.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { houseOf } from './architecture/house.mjs';
import { EDGE, FOOT, nameOf, ROOF, ROOM, round, SIGN, WIDTH } from './architecture/measures.mjs';
import { STYLE } from './architecture/paint.mjs';
import { pipeOf } from './architecture/pipes.mjs';
import { placed, roomAt } from './architecture/rooms.mjs';
import { isProgram, ROOT, say } from './environment.mjs';

export const PICTURE = 'docs/architecture.svg';

/** What the picture writes on each floor, from the ground up. */
const SIGNS = [
  ['Mathematics', 'numbers and typed arrays, nothing else'],
  ['Data and files', 'data sets and file formats'],
  ['Tensors', 'networks, training, sampling, kernels'],
  ['Worker, plots, words', 'training off the page, charts'],
  ['Components', 'controls and widgets'],
  ['Pages', 'chapters and routes'],
  ['Scripts', 'build, serve, test'],
  ['Bench', 'measure'],
];

const NOTES = [
  'A box is a folder, with its number of files. Its beads are the lower floors,',
  '0 first: coloured where it imports from there, larger where it does more.',
  'Pipes say the same of whole floors. Drawn by scripts/architecture.mjs.',
];

/** @param {import('./architecture/house.mjs').Floor[]} house from the ground up */
export function drawn(house) {
  const floors = [...house].reverse();
  /** @type {number[]} */
  const middle = [];
  let y = ROOF;
  const bands = floors.map(({ floor, rooms }) => {
    const { at, rows } = placed(rooms);
    const height = SIGN + rows * (ROOM.height + ROOM.gap) + 4;
    const top = y;
    middle[floor] = round(top + height / 2);
    y += height + 6;
    const boxes = at.map(({ room, x, row, width }) =>
      roomAt(x, top + SIGN + row * (ROOM.height + ROOM.gap), width, room),
    );
    const [sign, what] = SIGNS[floor];
    return `<rect x="${EDGE}" y="${top}" width="${WIDTH - 2 * EDGE}" height="${height}" rx="8" class="band"/>
<text x="${EDGE + 10}" y="${top + 21}"><tspan class="number f${floor}">${floor}</tspan><tspan dx="8" class="sign">${sign}</tspan><tspan dx="8" class="what">${what}</tspan></text>
${boxes.join('\n')}`;
  });
  const pipes = house.map(({ floor }) => pipeOf(floor, house, middle)).filter(Boolean);
  const files = house.flatMap(({ rooms }) => rooms).reduce((sum, room) => sum + room.files, 0);
  const height = y + FOOT;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="800" role="img" aria-labelledby="title desc">
<title id="title">The house: floors, rooms, and what imports what</title>
<desc id="desc">${described(house)}</desc>
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${height}" rx="12" class="back"/>
<path d="M${EDGE} ${ROOF - 8}L${WIDTH / 2} 14L${WIDTH - EDGE} ${ROOF - 8}z" class="band"/>
<text x="${WIDTH / 2}" y="${ROOF - 32}" text-anchor="middle" class="title">The house</text>
<text x="${WIDTH / 2}" y="${ROOF - 15}" text-anchor="middle" class="what">${files} files: each imports from its own floor or a lower one</text>
${bands.join('\n')}
${pipes.join('\n')}
${NOTES.map((line, i) => `<text x="${EDGE + 10}" y="${y + 18 + 17 * i}" class="note">${line}</text>`).join('\n')}
</svg>
`;
}

/** The picture in words. @param {import('./architecture/house.mjs').Floor[]} house */
const described = (house) =>
  house
    .map(({ floor, rooms, imports }) => {
      const names = rooms.map(({ folder }) => nameOf(folder)).join(', ');
      const asks = imports.flatMap((count, below) => (count > 0 ? [below] : []));
      const from = asks.length > 0 ? `; imports from ${asks.join(', ')}` : '';
      return `Floor ${floor}, ${SIGNS[floor][0]}: ${names}${from}.`;
    })
    .join(' ');

if (isProgram(import.meta.url)) {
  process.chdir(ROOT);
  writeFileSync(join(ROOT, PICTURE), drawn(houseOf()));
  say(`${PICTURE} shows the house as it is.`);
}
