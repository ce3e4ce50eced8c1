import { expect, it } from 'vitest';
import { languageOf } from '../../src/text/language.ts';

it.each([
  ['system', 'ja', 'ja'],
  ['system', 'ja-JP', 'ja'],
  ['system', 'ja_JP.UTF-8', 'ja'],
  ['system', 'en-GB', 'en'],
  ['system', 'de-AT', 'en'],
  ['system', 'jam', 'en'],
  ['system', '', 'en'],
  ['en', 'ja-JP', 'en'],
  ['ja', 'en-US', 'ja'],
] as const)('the setting %s on a system of %s is %s', (setting, system, language) => {
  expect(languageOf(setting, system)).toBe(language);
});
