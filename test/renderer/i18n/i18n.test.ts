import { afterEach, describe, expect, it } from 'vitest';
import { computed } from 'vue';
import { counted, named, setLocale, t } from '../../../src/renderer/i18n/index.ts';
import { reasonText } from '../../../src/renderer/i18n/refusals.ts';
import { reason } from '../../../src/refusal/refusal.ts';

afterEach(() => setLocale('en'));

describe('sentences of the page', () => {
  it('follow the language', () => {
    const said = computed(() => [
      t('palette.study', { name: 'A' }),
      counted('count.experiments', 2),
      named('kind.engine.hsgd', ''),
    ]);
    expect(said.value).toEqual(['Open study: A', '2 experiments', 'Homogenised SGD']);
    setLocale('ja');
    expect(said.value).toEqual(['研究を開く: A', '実験 2 件', '均質化 SGD']);
  });

  it('are those of refusals too', () => {
    const wrong = reason('finite-number', { above: 0, max: 1 }, '-1');
    expect(reasonText(wrong)).toBe('expected a finite number > 0 and <= 1, got -1');
    setLocale('ja');
    expect(reasonText(wrong)).toBe('有限の数 > 0 かつ <= 1が必要です(現在: -1)');
  });
});
