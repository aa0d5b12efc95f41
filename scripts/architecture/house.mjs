/** The house as it stands: each floor with its rooms, each room with its files and what they import of each floor below. */
import { FLOORS, floorOf, HOUSE, roomOf } from './floors.mjs';
import { importsOf, sourcesIn } from './imports.mjs';

/**
 * @typedef {object} Room
 * @property {string} folder from the root
 * @property {number} files sources in it
 * @property {number[]} imports [floor]: import lines to that floor; of the room's own floor and of higher ones there are none
 *
 * @typedef {object} Floor
 * @property {number} floor
 * @property {Room[]} rooms
 * @property {number[]} imports those of all its rooms
 */

/**
 * @param {string[]} files from the root
 * @param {(file: string) => { target: string | null }[]} importsIn
 * @returns {Floor[]} from the ground up
 */
export function houseOf(files = sourcesIn(...HOUSE), importsIn = importsOf) {
  const floors = [...new Set(FLOORS.map(([, floor]) => floor))].map((floor) => {
    /** @type {Map<string, Room>} */
    const rooms = new Map();
    for (const file of files.filter((one) => floorOf(one) === floor)) {
      const folder = roomOf(file);
      const room = rooms.get(folder) ?? { folder, files: 0, imports: Array(floor).fill(0) };
      rooms.set(folder, room);
      room.files++;
      for (const { target } of importsIn(file)) {
        const below = target === null ? undefined : floorOf(target);
        if (below !== undefined && below < floor) room.imports[below]++;
      }
    }
    const all = [...rooms.values()];
    const sum = (/** @type {number} */ below) =>
      all.reduce((total, { imports }) => total + imports[below], 0);
    return { floor, rooms: all, imports: Array.from({ length: floor }, (_, below) => sum(below)) };
  });
  return floors.sort((a, b) => a.floor - b.floor);
}
