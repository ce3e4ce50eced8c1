/** Text of a figure as outlines: the file looks the same wherever it is opened, whatever fonts are there. */
import { type Font, parse } from 'opentype.js';

/** Fonts of one weight: a character is of the first that has it. */
export type Faces = readonly Font[];

export const faceOf = (bytes: ArrayBuffer): Font => parse(bytes);

export interface Outlined {
  readonly svg: string;
  /** Texts that stay text, since no font has all their characters. */
  readonly kept: readonly string[];
}

/** Marks that stand over the character before them. */
const COMBINING = /[\u0300-\u036f]/;
/** From the middle of a line to its baseline, as figures are written (svg.ts). */
const MIDDLE = 0.35;

/**
 * Replaces the text elements of a figure's SVG by paths.
 * @param faces by whether the text is bold.
 */
export function outlined(svg: string, faces: (bold: boolean) => Faces): Outlined {
  const kept: string[] = [];
  const result = svg.replace(/<text ([^>]*)>([^<]*)<\/text>/g, (whole, attributes: string, escaped: string) => {
    const text = unescaped(escaped);
    const bold = /font-weight:\s*(?:[6-9]00|bold)/.test(attributes);
    const drawn = outlineOf(text, faces(bold), sizeIn(attributes));
    if (!drawn) {
      kept.push(text);
      return whole;
    }
    const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? 'start';
    const x = numberIn(attributes, 'x') - (anchor === 'end' ? drawn.width : anchor === 'middle' ? drawn.width / 2 : 0);
    const y = numberIn(attributes, 'y') + (attributes.includes('dy="0.35em"') ? MIDDLE * sizeIn(attributes) : 0);
    const transform = /transform="([^"]*)"/.exec(attributes)?.[1] ?? '';
    const look = [...attributes.matchAll(/ ((?:fill|stroke|paint-order)[\w-]*="[^"]*")/g)].map(([, each]) => each);
    const moved = `${transform} translate(${round(x)} ${round(y)})`.trim();
    return `<path aria-label="${escaped.replaceAll('"', '&quot;')}" transform="${moved}" d="${drawn.path}" ${look.join(' ')}></path>`;
  });
  return { svg: result, kept };
}

const round = (value: number): number => Number(value.toFixed(3));
const numberIn = (attributes: string, name: string): number =>
  Number(new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? 0);
const sizeIn = (attributes: string): number => Number(/font-size:\s*([\d.]+)px/.exec(attributes)?.[1] ?? 12);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" };
const unescaped = (text: string): string =>
  text.replace(/&(\w+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);

/** Path from the baseline's start on; null if a character is in none of the faces. */
function outlineOf(text: string, faces: Faces, size: number): { path: string; width: number } | null {
  let at = 0;
  let before = { start: 0, width: 0 };
  const paths: string[] = [];
  for (const character of text) {
    const font = faces.find((face) => face.charToGlyph(character).index !== 0);
    if (!font) return null;
    const glyph = font.charToGlyph(character);
    const scale = size / font.unitsPerEm;
    if (COMBINING.test(character)) {
      const { x1, x2 } = glyph.getBoundingBox();
      const place = before.start + before.width / 2 - ((x1 + x2) / 2) * scale;
      paths.push(glyph.getPath(place, 0, size).toPathData(2));
      continue;
    }
    before = { start: at, width: (glyph.advanceWidth ?? 0) * scale };
    paths.push(glyph.getPath(at, 0, size).toPathData(2));
    at += before.width;
  }
  return { path: paths.join(''), width: at };
}
