/** Any one page, and any one letter of a library: what is shown is true or said to be damaged, and the app starts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootStream } from '../../../src/core/math/random.ts';
import { makeLibrary, toldOf, type Told } from './variants.ts';

const PAGE = 4096;
/** Damaged copies: as many letters as SGDLAB_VARIANTS says, as the bench does. */
const LETTERS = Number(process.env.SGDLAB_VARIANTS ?? 48);

let original: string;
let bytes: Buffer;
let all: string;
beforeAll(() => {
  all = mkdtempSync(join(tmpdir(), 'sgdlab-damage-'));
  original = join(all, 'original');
  makeLibrary(original);
  bytes = readFileSync(join(original, 'library.sqlite'));
});
afterAll(() => rmSync(all, { recursive: true, force: true }));
const told = (change: (copy: Buffer) => void): Told => toldOf(original, join(all, 'copy'), change);

describe('a library', () => {
  it('of which any one page is lost starts, as it is or after salvage, and tells nothing false', () => {
    const pages = bytes.length / PAGE;
    expect(pages).toBeGreaterThan(25);
    const ways = { 'as it is': 0, salvaged: 0 };
    let sound = 0;
    for (let page = 0; page < pages; page++) {
      const { opens, ...of } = told((copy) => copy.fill(page % 2 === 0 ? 0 : 0x5a, page * PAGE, (page + 1) * PAGE));
      expect({ page: page + 1, false: of.false }).toEqual({ page: page + 1, false: [] });
      ways[opens]++;
      sound += of.sound;
    }
    expect(ways.salvaged).toBeGreaterThan(10);
    expect(ways['as it is']).toBeGreaterThan(5);
    // a page takes a study or none, but for few
    expect(sound / pages).toBeGreaterThan(1.5);
  });

  it('of which any one letter is changed tells nothing false', () => {
    const letters = [...bytes.keys()].filter((at) => /[A-Za-z"]/.test(String.fromCharCode(bytes[at])) && isText(at));
    const stream = rootStream(5);
    let noticed = 0;
    for (let k = 0; k < LETTERS; k++) {
      const at = letters[Math.floor(stream.uniform() * letters.length)];
      const { false: wrong, damaged, opens } = told((copy) => (copy[at] ^= 1));
      expect({ at, wrong }).toEqual({ at, wrong: [] });
      if (damaged > 0 || opens === 'salvaged') noticed++;
    }
    // about one in eight: the others are in indexes, in the text of the search, and in free room; where they are differs
    // from library to library
    expect(noticed).toBeGreaterThan(0);
  });
});

/** Within ten letters or signs: not the numbers of curves. */
function isText(at: number): boolean {
  const around = bytes.subarray(at - 5, at + 5);
  return around.every((byte) => byte >= 0x20 && byte < 0x7f);
}
