/**
 * Colours of the figures. Series colours were chosen by search: at least 3:1 against the panel, apart from each other
 * for normal, protanope, deuteranope and tritanope sight, and of different lightness (test/figures/theme.test.ts).
 */
import { type CurveLook } from '../core/theory/curves/curve.ts';
export type ThemeName = 'light' | 'dark';
export type Marker = 'circle' | 'rect' | 'diamond' | 'triangle' | 'inverted';

export interface Theme {
  readonly name: ThemeName;
  /** What the figure is drawn on. */
  readonly panel: string;
  readonly text: string;
  readonly muted: string;
  /** Axis lines and ticks. */
  readonly axis: string;
  /** Grid lines. */
  readonly line: string;
  /** Frame of the tooltip. */
  readonly raised: string;
  readonly accent: string;
  /** Colours of experiments, by their place in the study. */
  readonly series: readonly string[];
  /** Dark-to-light (light theme: light-to-dark) ramp of heatmaps, from nothing to much. */
  readonly ramp: readonly string[];
  /** Ramp of spectral groups, from clean to noisy, all readable on the panel. */
  readonly groups: readonly string[];
  /** Opacity of a band. */
  readonly band: number;
}

export const themes: Readonly<Record<ThemeName, Theme>> = {
  light: {
    name: 'light',
    panel: '#ffffff',
    text: '#1b1f26',
    muted: '#5c6470',
    axis: '#6b7280',
    line: '#e9ebee',
    raised: '#ffffff',
    accent: '#3056d3',
    series: ['#445ad5', '#f06604', '#2b4a01', '#c74499', '#9a1b4a', '#080a89'],
    ramp: ['#f4f6fb', '#c9d6f2', '#8fafe8', '#4f7fd6', '#2b50a8', '#142a6b', '#0a1238'],
    groups: ['#1d3fb8', '#1c7f9e', '#3f8a4d', '#a8750c', '#c24a1f', '#8d2f3f'],
    band: 0.16,
  },
  dark: {
    name: 'dark',
    panel: '#1a1d22',
    text: '#e6e8ec',
    muted: '#a2a9b5',
    axis: '#8b93a1',
    line: '#2a2e36',
    raised: '#22262d',
    accent: '#86a2ff',
    series: ['#77aac9', '#fca511', '#10f7b6', '#bf4268', '#a169ea', '#f8f438'],
    ramp: ['#1d222b', '#24365e', '#2d55a0', '#3f86bd', '#63bdb2', '#b3e2a5', '#fbf6b8'],
    groups: ['#7ea2ff', '#58bfd8', '#7fcf8a', '#e6c04f', '#ff9a62', '#f08094'],
    band: 0.22,
  },
};

const MARKERS: readonly Marker[] = ['circle', 'rect', 'diamond', 'triangle', 'inverted'];

/** Pixels drawn and left out in turn; empty for a line without gaps. */
export type Dash = readonly number[];

/** The looks of theory curves, by how often the colours have been used before. */
const DASHES: readonly Readonly<Record<CurveLook, Dash>>[] = [
  { line: [], dashed: [6, 4], dotted: [1.5, 2.5] },
  { line: [11, 3, 2, 3], dashed: [3, 5], dotted: [1, 2] },
  { line: [11, 3, 2, 3, 2, 3], dashed: [1.5, 4], dotted: [1, 6] },
];

/** How the curves of one experiment (or group) look, wherever they or their name are drawn. */
export interface SeriesStyle {
  readonly color: string;
  readonly marker: Marker;
  /** Of the theory's line, and of the centre of runs where that is the curve. */
  readonly dash: Dash;
  /** Of theory curves by their look. */
  readonly dashes: Readonly<Record<CurveLook, Dash>>;
}

/** Of an experiment of a sweep: where it is on each axis of how many values, the axis whose values are curves first. */
export interface SweptPlace {
  readonly index: readonly number[];
  readonly counts: readonly number[];
}

/** Place of an experiment in its study: 0, 1, …, or on the axes of the study's sweep. */
export type Place = number | SweptPlace;

/**
 * The style of the experiment at this place: the same in every figure, list and file. The first twelve differ in colour
 * and line, and in colour and marker; one of a sweep has the colour of its value on the first axis.
 */
export function experimentStyle(theme: Theme, place: Place): SeriesStyle {
  if (typeof place !== 'number') {
    const { index, counts } = place;
    const other = index[1] ?? 0;
    const marker = MARKERS[(index[0] + other) % MARKERS.length];
    return { ...groupStyle(theme, index[0], counts[0]), marker, ...dashesOf(other) };
  }
  const at = Math.max(0, Math.floor(place));
  const round = Math.floor(at / theme.series.length);
  const marker = MARKERS[(at + round) % MARKERS.length];
  return { color: theme.series[at % theme.series.length], marker, ...dashesOf(round) };
}

function dashesOf(round: number): Pick<SeriesStyle, 'dash' | 'dashes'> {
  const dashes = DASHES[round % DASHES.length];
  return { dash: dashes.line, dashes };
}

/** Style of spectral group, or value, `g` of `count`, from clean to noisy. */
export function groupStyle(theme: Theme, g: number, count: number): SeriesStyle {
  return {
    color: rampColor(theme.groups, count > 1 ? g / (count - 1) : 0),
    marker: MARKERS[g % MARKERS.length],
    ...dashesOf(0),
  };
}

/** Colour at `fraction` (0 to 1, clamped) of a ramp of hex colours, mixed linearly in sRGB. */
export function rampColor(ramp: readonly string[], fraction: number): string {
  const place = Math.min(1, Math.max(0, fraction)) * (ramp.length - 1);
  const low = Math.min(ramp.length - 2, Math.floor(place));
  return mix(ramp[low], ramp[low + 1], place - low);
}

function mix(first: string, second: string, share: number): string {
  const channel = (hex: string, k: number) => parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16);
  const parts = [0, 1, 2].map((k) => Math.round(channel(first, k) * (1 - share) + channel(second, k) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
