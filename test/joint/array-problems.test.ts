/** What the reader of array files says, for files of all kinds, is said in Japanese too. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { readArray, readArrayText, type WantedShape } from '../../src/study/arrays.ts';
import { setLocale } from '../../src/renderer/i18n/index.ts';
import { arrayPlace, problemText } from '../../src/renderer/i18n/problems.ts';

afterEach(() => setLocale('en'));

const folder = `${process.cwd()}/test/fixtures/arrays/`;
const eigenvalues: WantedShape = { rows: 2, columns: 64, numbers: 'not-negative' };
const small: WantedShape = { rows: 2, columns: 3, numbers: 'either' };
const texts = [
  ...['', 'a,b,c', '1,x,3', '1,2\n3', 'a,b\n1,2,3', '1,2+1j,3', '1,2', '0,1,2\n1,2,3\n4,5,6', '0,1,4\n1,2,5\n2,3,6'],
  ...['1;2,5;3.5', '1,000;2,000;3,000', '0,25\n0,05\n0,75', '1\n2\n3', '1,"2', '# name: a\n1\n# name: b\n2'],
  ...[
    '[[1,2],[3]]',
    '[[1, 2 3]]',
    '[1 2, 3]',
    '[[1],[]]',
    '[[[1]]]',
    '[1 ... 2]',
    '[1',
    '[1}',
    '[1] 2',
    '{"a": 1}',
    '[1,,2]',
  ],
  ...['[1, [2]]', '[[1], 2]', '[[1;2]]', '%%MatrixMarket matrix coordinate real general\n1 1 1', '1,2,-3\n4,5,6'],
  ...['%%MatrixMarket matrix array real general\n2 3\n1', '%%MatrixMarket matrix array real general\n'],
  ...[
    'a,b,c\n1,2,3\n4,5,6',
    'x,1,2,3\ny,4,5,6',
    '1,2,3',
    '1,2,3\n4,5,-1e-17',
    '1,-2,3\n4,5,-6',
    '1+0j 2 3\n4 5 6',
    '0,5;1;2\n3;4;5',
  ],
];
const files = [
  ...[
    'MATLAB 5.0 MAT-file',
    '\x89HDF',
    '\x1f\x8b',
    'PAR1',
    '\xd0\xcf\x11\xe0',
    '%PDF',
    'PK\x03\x04',
    '\xff\xfe\0\0',
    '\xff\xfe1',
  ],
  ...['1\0', '\xe4', '\x93NUMPY\x01\0\0\0\0\0', '\x93NUMPY\x09\0\0\0\0\0'],
];

describe('what the reader of array files says', () => {
  const said = new Set<string>();
  const places = new Set<string>();
  const results = [
    ...texts.map((text) => readArrayText(text, small)),
    ...files.map((text) =>
      readArray(
        Uint8Array.from(text, (character) => character.charCodeAt(0)),
        small,
      ),
    ),
    ...readdirSync(folder).map((name) => readArray(new Uint8Array(readFileSync(folder + name)), eigenvalues)),
  ];
  for (const result of results) {
    if (result.ok) result.notices.forEach((notice) => said.add(notice));
    else {
      for (const sentence of [result.message, result.remedy]) if (sentence !== '') said.add(sentence);
      if (/[a-z]/.test(result.place)) places.add(result.place);
    }
  }

  it.each([...said])('%s', (sentence) => {
    expect(problemText(sentence)).toBe(sentence);
    setLocale('ja');
    expect(problemText(sentence)).toMatch(/[\u3040-\u30ff]/);
  });

  it.each([...places])('at %s', (place) => {
    setLocale('ja');
    expect(arrayPlace(place)).toMatch(/目$/);
  });
});
