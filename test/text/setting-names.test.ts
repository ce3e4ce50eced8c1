import { expect, it } from 'vitest';
import { settingName } from '../../src/text/setting-names.ts';
import { texts } from '../../src/text/texts.ts';

it.each([
  ['optimizer.ridge', 'Ridge δ (optimizer.ridge)', 'リッジ δ (optimizer.ridge)'],
  ['optimizer.schedule.rate', 'Rate γ (optimizer.schedule.rate)', '学習率 γ (optimizer.schedule.rate)'],
  ['optimizer.schedule.rates[2]', 'Rates γ (optimizer.schedule.rates[2])', '学習率 γ (optimizer.schedule.rates[2])'],
  ['optimizer.schedule.offset', 'Offset b₀ (optimizer.schedule.offset)', 'オフセット b₀ (optimizer.schedule.offset)'],
])('%s is named as the editor names it', (path, english, japanese) => {
  expect(settingName(texts('en'), path)).toBe(english);
  expect(settingName(texts('ja'), path)).toBe(japanese);
});
