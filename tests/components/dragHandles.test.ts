import { describe, expect, it } from 'vitest';
import { nearestHandle, onRaster } from '../../src/components/controls/dragHandles.ts';

/** A plot 300 pixels wide over [−3, 3], 140 high over [0, 1.4], y upwards. */
const at = { x: (v: number) => 150 + 50 * v, y: (v: number) => 140 - 100 * v };

describe('what a pointer takes hold of', () => {
  it('is the handle drawn nearest on the screen, not the nearest number', () => {
    const handles = [
      { x: 0, y: 0 },
      { x: 0.2, y: 1.2 },
    ];
    expect(nearestHandle(handles, { x: 160, y: 130 }, at)).toBe(0);
    expect(nearestHandle(handles, { x: 150, y: 60 }, at)).toBe(1);
  });

  it('counts only across for a line from top to bottom', () => {
    const handles = [{ x: 1 }, { x: -1, y: 0 }];
    expect(nearestHandle(handles, { x: 190, y: 0 }, at)).toBe(0);
    expect(nearestHandle(handles, { x: 101, y: 139 }, at)).toBe(1);
  });

  it('is the one on top where two coincide', () => {
    const handles = [
      { x: 1, y: 0 },
      { x: 1, y: 0 },
    ];
    expect(nearestHandle(handles, { x: 0, y: 0 }, at)).toBe(1);
  });
});

describe('where it is moved', () => {
  it.each([
    [0.1234, 0.12],
    [-1.996, -2],
    [-1.994, -1.99],
    [-7, -2],
    [7, 2],
  ])('%f is %f on a slider of hundredths from −2 to 2', (asked, found) => {
    expect(onRaster(asked, { min: -2, max: 2, step: 0.01 })).toBe(found);
  });

  it('never leaves the range that the link can hold, whatever the raster starts from', () => {
    for (let x = -4; x <= 4; x += 0.0137) {
      const value = onRaster(x, { min: 0.137, max: 2.037, step: 0.001 });
      expect(value).toBeGreaterThanOrEqual(0.137);
      expect(value).toBeLessThanOrEqual(2.037);
    }
  });
});
