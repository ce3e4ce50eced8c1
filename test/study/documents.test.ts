/** The studies that the documentation shows are studies. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseStudy } from '../../src/study/parse.ts';
import { englishLine } from '../../src/text/refusals/index.ts';

const text = readFileSync(new URL('../../docs/study-format.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/```jsonc?\n(.*?)```/gs)].map(([, source]) => source.replace(/\/\/.*$/gm, ''));

it('has an example of a plain study and one of a sweep', () => expect(examples).toHaveLength(2));

it.each(examples.map((source, k) => ({ source, k })))('example $k is valid', ({ source }) => {
  const result = parseStudy(JSON.parse(source));
  expect(result.ok ? [] : result.refusals.map(englishLine)).toEqual([]);
});

it('makes as many experiments of the sweep as its axes have values', () => {
  const result = parseStudy(JSON.parse(examples[1]));
  const ids = result.ok ? result.value.experiments.map(({ id }) => id) : [];
  expect(ids).toHaveLength(15);
  expect(ids[14]).toBe('map-4-2');
});
