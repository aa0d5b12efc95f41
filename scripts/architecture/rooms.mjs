/** Rooms as boxes in rows. */
import { EDGE, nameOf, ROOM, round, steps, WALL } from './measures.mjs';

/** @typedef {import('./house.mjs').Room} Room */

/**
 * Rooms in as few rows as they need, of much the same length, from wall to wall.
 * @param {Room[]} rooms
 */
export function placed(rooms) {
  const [left, right] = [EDGE + 10, WALL];
  const least = rooms.map(
    ({ folder, imports }) =>
      Math.max(nameOf(folder).length * ROOM.letter, imports.length * 10 + 22) + 2 * ROOM.pad,
  );
  /** Rows [first, next] that are no longer than `most`. */
  const broken = (most) => {
    const starts = [0];
    let length = 0;
    least.forEach((width, i) => {
      if (length > 0 && length + ROOM.gap + width > most) {
        starts.push(i);
        length = 0;
      }
      length += width + (length > 0 ? ROOM.gap : 0);
    });
    return starts.map((first, i) => [first, starts[i + 1] ?? least.length]);
  };
  let rows = broken(right - left);
  for (let most = right - left; broken(most).length === rows.length && most > 0; most -= 10)
    rows = broken(most);
  const at = rows.flatMap(([first, next], row) => {
    const own = least.slice(first, next);
    const used = own.reduce((sum, width) => sum + width + ROOM.gap, -ROOM.gap);
    const more = (right - left - used) / own.length;
    let x = left;
    return own.map((width, i) => {
      const place = { room: rooms[first + i], x, row, width: width + more };
      x += width + more + ROOM.gap;
      return place;
    });
  });
  return { at, rows: rows.length };
}

/**
 * A box with the room's name, its number of files, and a place for each lower floor: a bead where it imports from it.
 * @param {number} x
 * @param {number} y
 * @param {number} width
 * @param {Room} room
 */
export function roomAt(x, y, width, { folder, files, imports }) {
  const beads = imports.map((count, floor) => {
    const [cx, cy] = [x + ROOM.pad + 3 + floor * 10, y + 27];
    return count === 0
      ? `<circle cx="${round(cx)}" cy="${cy}" r="1" class="none"/>`
      : `<circle cx="${round(cx)}" cy="${cy}" r="${round(1.4 + 0.9 * steps(count))}" class="f${floor}"/>`;
  });
  return `<g><title>${folder}: ${files} ${files === 1 ? 'file' : 'files'}</title>
<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${ROOM.height}" rx="6" class="room"/>
<text x="${round(x + ROOM.pad)}" y="${y + 16}" class="name">${nameOf(folder)}</text>
<text x="${round(x + width - ROOM.pad)}" y="${y + 31}" class="files">${files}</text>${beads.length ? `\n${beads.join('')}` : ''}</g>`;
}
