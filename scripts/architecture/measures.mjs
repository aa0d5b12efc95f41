/** Sizes of the picture, in its own units: 600 wide, so that 13 are 8 pixels on a phone and 17 beside the text of a page. */
import { FLOORS } from './floors.mjs';

export const WIDTH = 600;
export const EDGE = 12;
export const ROOF = 86;
export const ROOM = { height: 37, gap: 6, letter: 8.1, pad: 9 };
/** The line of a floor's name. */
export const SIGN = 30;
export const FOOT = 64;

const PITCH = 17;
/** The highest floor, which no other imports from. */
const TOP = Math.max(...FLOORS.map(([, floor]) => floor));
/** Where the pipe of floor 0 stands, outermost; that of each higher floor stands further in. */
const OUTERMOST = WIDTH - EDGE - PITCH;

/** @param {number} floor */
export const pipeX = (floor) => OUTERMOST - floor * PITCH;
/** The right end of the rooms. */
export const WALL = pipeX(TOP - 1) - PITCH - 1;

/**
 * 1, 2, 3 … for 1, 5, 25 … imports: a few more or fewer do not redraw the house.
 * @param {number} imports
 */
export const steps = (imports) =>
  imports === 0 ? 0 : 1 + Math.floor(Math.log(imports) / Math.log(5));

/** @param {number} x */
export const round = (x) => Number(x.toFixed(1));

const HALLS = ['src/lib/math/', 'src/lib/tensor/', 'src/lib/', 'src/components/', 'src/'];
/**
 * A room's name on its floor.
 * @param {string} folder
 */
export function nameOf(folder) {
  const hall = HALLS.find((one) => folder.startsWith(one)) ?? '';
  return folder.slice(hall.length);
}
