import { describe, expect, it } from 'vitest';
import { experimentStyle, groupStyle, rampColor, themes } from '../../src/figures/theme.ts';

type Triple = [number, number, number];

/** Linear light from #rrggbb. */
function linear(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

const apply = (matrix: readonly Triple[], [x, y, z]: Triple): Triple =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as Triple;

const luminance = ([r, g, b]: Triple) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2 contrast. */
function contrast(first: string, second: string): number {
  const [a, b] = [luminance(linear(first)), luminance(linear(second))].sort((p, q) => q - p);
  return (a + 0.05) / (b + 0.05);
}

/** OKLab (Ottosson 2020): distances are even to the eye. */
function oklab(light: Triple): Triple {
  const cones = apply(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    light,
  ).map((value) => Math.cbrt(Math.max(0, value))) as Triple;
  return apply(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

/** Machado, Oliveira & Fernandes 2009, severity 1, on linear light. */
const SIGHTS: Record<string, readonly Triple[]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanope: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranope: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanope: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const distance = (a: Triple, b: Triple) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

function closest(colors: readonly string[], sight: readonly Triple[]): number {
  const seen = colors.map((hex) => oklab(apply(sight, linear(hex))));
  return Math.min(...seen.flatMap((a, k) => seen.slice(k + 1).map((b) => distance(a, b))));
}

describe.each(Object.values(themes))('$name theme', (theme) => {
  it('draws every series and group at 3:1 or more against the panel', () => {
    for (const color of [...theme.series, ...theme.groups]) {
      expect(contrast(color, theme.panel), color).toBeGreaterThanOrEqual(3);
    }
  });

  it('writes at 4.5:1 or more', () => {
    expect(contrast(theme.text, theme.panel)).toBeGreaterThanOrEqual(7);
    expect(contrast(theme.muted, theme.panel)).toBeGreaterThanOrEqual(4.5);
  });

  // 0.02 is a just noticeable difference in OKLab; four of them are told apart in a legend
  it.each(Object.keys(SIGHTS))('has series that a %s tells apart', (sight) => {
    expect(closest(theme.series, SIGHTS[sight])).toBeGreaterThanOrEqual(0.08);
  });

  // three just noticeable differences: told apart where nothing but lightness is left
  it('has series of different lightness, for greyscale print', () => {
    const lightness = theme.series.map((hex) => oklab(linear(hex))[0]).sort((a, b) => a - b);
    const gaps = lightness.slice(1).map((value, k) => value - lightness[k]);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0.055);
  });

  it.each([...Object.keys(SIGHTS), 'grey'])(
    'gives the first twelve experiments looks that %s sight tells apart',
    (sight) => {
      const seen = (hex: string): Triple => {
        if (sight !== 'grey') return oklab(apply(SIGHTS[sight], linear(hex)));
        const grey = luminance(linear(hex));
        return oklab([grey, grey, grey]);
      };
      const styles = Array.from({ length: 12 }, (_, place) => experimentStyle(theme, place));
      const alike = styles.flatMap((a, k) =>
        styles.slice(k + 1).filter((b) => {
          const near = distance(seen(a.color), seen(b.color)) < 0.055;
          return near && (a.marker === b.marker || a.dash.join() === b.dash.join());
        }),
      );
      expect(alike).toEqual([]);
    },
  );

  it('has a ramp of heatmaps whose lightness only goes one way', () => {
    const lightness = Array.from({ length: 33 }, (_, k) => oklab(linear(rampColor(theme.ramp, k / 32)))[0]);
    const steps = lightness.slice(1).map((value, k) => Math.sign(value - lightness[k]));
    expect(new Set(steps).size).toBe(1);
  });

  it('gives the first thirty experiments a colour and marker of their own', () => {
    const styles = Array.from({ length: 30 }, (_, place) => JSON.stringify(experimentStyle(theme, place)));
    expect(new Set(styles).size).toBe(30);
  });

  it('gives the first twelve experiments pairs of colour and line, and of colour and marker, of their own', () => {
    const styles = Array.from({ length: 12 }, (_, place) => experimentStyle(theme, place));
    const ofLine = new Set(styles.map(({ color, dash }) => `${color} ${dash.join()}`));
    const ofFlow = new Set(styles.map(({ color, dashes }) => `${color} ${dashes.dashed.join()}`));
    const ofMarker = new Set(styles.map(({ color, marker }) => `${color} ${marker}`));
    expect([ofLine.size, ofFlow.size, ofMarker.size]).toEqual([12, 12, 12]);
  });

  it('never draws a further theory curve as theory is drawn', () => {
    const styles = Array.from({ length: 18 }, (_, place) => experimentStyle(theme, place));
    const lines = styles.map(({ dash }) => dash.join());
    expect(
      styles.filter(({ dashes }) => [dashes.dashed, dashes.dotted].some((dash) => lines.includes(dash.join()))),
    ).toEqual([]);
  });

  it('gives experiments of a sweep the colour of their value on the first axis', () => {
    const at = (...index: number[]) => experimentStyle(theme, { index, counts: [4, 3] });
    expect([0, 1, 2].map((j) => at(1, j).color)).toEqual(Array(3).fill(groupStyle(theme, 1, 4).color));
    const styles = [0, 1, 2, 3].flatMap((i) => [0, 1, 2].map((j) => at(i, j)));
    expect(new Set(styles.map(({ color, dash }) => `${color} ${dash.join()}`)).size).toBe(12);
    expect(new Set(styles.map(({ color, marker }) => `${color} ${marker}`)).size).toBe(12);
  });

  it('gives a lone group a colour', () => {
    expect(groupStyle(theme, 0, 1).color).toMatch(/^#[0-9a-f]{6}$/);
  });
});
