/** The report in the language of the app: every text of it. */
import { expect, it } from 'vitest';
import { renderReport } from '../../../src/lab/report/index.ts';
import { languages } from '../../../src/text/language.ts';
import { texts } from '../../../src/text/texts.ts';
import { synthetic } from '../../figures/synthetic.ts';
import { englishIn, japaneseIn } from '../../text/english.ts';

const provenance = {
  app: '9.9.9',
  versions: {},
  platform: '',
  started: '2026-01-01T10:00:00.000Z',
  ended: '2026-01-01T10:00:09.000Z',
  seeds: {},
  hashes: {},
};
/** Names that the user gave, and what stands in reports of computations as it is in files. */
const AS_THEY_ARE = [
  'Erstes',
  'Zweites',
  'Versuch',
  'SGD Dynamics Lab',
  'engine sgd',
  /\([a-z]+(\.[A-Za-z]+)+\)/g,
  /\d\S*Z/g,
];

/** Texts between tags, those of figures too. */
function textsOf(html: string): string[] {
  const body = html
    .slice(html.indexOf('<title>'))
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<defs.*?<\/defs>/gs, '');
  const plain = body.split(/<[^>]*>/).map((text) => text.replace(/&[a-z#0-9]+;/g, ' ').trim());
  return plain
    .filter((text) => text !== '')
    .map((text) => AS_THEY_ARE.reduce<string>((rest, own) => rest.replaceAll(own, ' '), text));
}

it.each(languages)('a report in %s says everything in it', (language) => {
  const first = synthetic({ id: 'one', name: 'Erstes', flow: true, ridge: 0.1 });
  const warned: typeof first = {
    ...first,
    experiment: { ...first.experiment, optimizer: { ...first.experiment.optimizer, ridge: 200 } },
  };
  const results = [warned, synthetic({ id: 'two', name: 'Zweites', limit: true, runs: 1 })];
  const experiments = results.map(({ experiment: { id, name } }) => ({ id, name }));
  const html = renderReport(texts(language), results, { name: 'Versuch', notes: '', experiments }, provenance);
  expect(html).toContain(`<html lang="${language}">`);
  const found = textsOf(html);
  expect(found.length).toBeGreaterThan(100);
  expect(
    found.flatMap((text) => (language === 'ja' ? englishIn(text) : japaneseIn(text)).map((word) => `${word}: ${text}`)),
  ).toEqual([]);
});
