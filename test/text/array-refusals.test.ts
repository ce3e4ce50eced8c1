/** What the reader of array files says, for files of all kinds, is said in Japanese too. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readArray, readArrayText, type WantedShape } from '../../src/study/arrays.ts';
import { refusalsIn } from '../../src/text/refusals/index.ts';

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

const [english, japanese] = [refusalsIn('en'), refusalsIn('ja')];
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** What is quoted of a file or is code to copy is in no language. */
const plain = (sentence: string) => sentence.replace(/"[^"]*"|[a-z.]+\(.*\)/gi, '');

describe('what the reader of array files says', () => {
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
  const said = new Map<string, string>();
  for (const result of results) {
    if (result.ok) {
      for (const notice of result.notices) said.set(english.array.notice(notice), japanese.array.notice(notice));
    } else {
      const { why, remedy, place } = result;
      said.set(english.reason(why), japanese.reason(why));
      if (remedy) said.set(english.array.remedy(remedy), japanese.array.remedy(remedy));
      if (place && place.of !== 'entry') said.set(english.array.place(place), japanese.array.place(place));
    }
  }

  it('is of many kinds', () => expect(said.size).toBeGreaterThan(60));

  it.each([...said])('%s: %s', (_, sentence) => {
    expect(sentence).toMatch(JAPANESE);
    expect(plain(sentence)).not.toMatch(/[a-z]{2,} [a-z]{2,}/);
  });
});
