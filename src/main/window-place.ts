/** Where the window goes: within a screen that is there now, its title bar in reach, no larger than there is room. */

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const DEFAULT_SIZE = { width: 1280, height: 800 };
/** The page can be used from here on; a smaller screen makes the window smaller still. */
const LEAST = { width: 640, height: 480 };

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));
const overlap = (a: Place, b: Place): number =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

/** The smallest size of the window on the smallest of the screens, in pixels of the page. */
export function leastSize(workAreas: readonly Place[]): { readonly width: number; readonly height: number } {
  return {
    width: Math.min(LEAST.width, ...workAreas.map(({ width }) => width)),
    height: Math.min(LEAST.height, ...workAreas.map(({ height }) => height)),
  };
}

/**
 * A place within one of the work areas: that of which the stored place has most, else the first.
 * @param stored where the window was last; null at the first start, which is centred.
 * @param workAreas of all screens, the main one first; at least one.
 */
export function placeWithin(stored: Place | null, workAreas: readonly Place[]): Place {
  const area = stored
    ? workAreas.reduce((best, each) => (overlap(stored, each) > overlap(stored, best) ? each : best))
    : workAreas[0];
  const { width: wide, height: high } = stored ?? DEFAULT_SIZE;
  const width = Math.round(clamp(wide, leastSize(workAreas).width, area.width));
  const height = Math.round(clamp(high, leastSize(workAreas).height, area.height));
  const centred = { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2 };
  const { x, y } = stored && overlap(stored, area) > 0 ? stored : centred;
  return {
    x: Math.round(clamp(x, area.x, area.x + area.width - width)),
    y: Math.round(clamp(y, area.y, area.y + area.height - height)),
    width,
    height,
  };
}
