import { expect, it } from 'vitest';
import { settingName } from '../../../src/renderer/i18n/settings.ts';
import { settingName as written } from '../../../src/text/setting-names.ts';

it.each([
  ['optimizer.ridge', 'Ridge δ (optimizer.ridge)'],
  ['optimizer.schedule.rate', 'Rate γ (optimizer.schedule.rate)'],
  ['optimizer.schedule.rates[2]', 'Rates γ (optimizer.schedule.rates[2])'],
  ['optimizer.schedule.offset', 'Offset b₀ (optimizer.schedule.offset)'],
])('%s is called alike in the page and in reports', (path, name) => {
  expect(settingName(path)).toBe(name);
  expect(written(path)).toBe(name);
});
