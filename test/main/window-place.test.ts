import { expect, it } from 'vitest';
import { leastSize, placeWithin, type Place } from '../../src/main/window-place.ts';

const full: Place = { x: 0, y: 0, width: 1366, height: 728 };
/** 1366 × 768 at 150 %, with a bar of 40 px. */
const scaled: Place = { x: 0, y: 0, width: 910, height: 472 };
const right: Place = { x: 1366, y: 0, width: 1920, height: 1040 };

const inside = (place: Place, area: Place) =>
  place.x >= area.x &&
  place.y >= area.y &&
  place.x + place.width <= area.x + area.width &&
  place.y + place.height <= area.y + area.height;

it.each([
  ['above the screen', { x: 100, y: -400, width: 900, height: 600 }],
  ['larger than the screen', { x: 300, y: 200, width: 3400, height: 1900 }],
  ['beside all screens', { x: 9000, y: 9000, width: 900, height: 600 }],
  ['with a corner on it', { x: 1300, y: 700, width: 900, height: 600 }],
  ['nowhere yet', null],
])('a window that was %s is wholly on the screen', (_, stored) => {
  expect(inside(placeWithin(stored, [full]), full)).toBe(true);
});

it('a window that is in place stays, also on a second screen', () => {
  const stored = { x: 1500, y: 100, width: 1200, height: 800 };
  expect(placeWithin(stored, [full, right])).toEqual(stored);
});

it('the smallest size fits 1366 × 768 at 150 %', () => {
  expect(inside(placeWithin(null, [scaled]), scaled)).toBe(true);
  expect(leastSize([scaled])).toEqual({ width: 640, height: 472 });
  expect(leastSize([full, right])).toEqual({ width: 640, height: 480 });
});
