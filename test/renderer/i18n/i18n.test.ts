import { afterEach, describe, expect, it } from 'vitest';
import { computed } from 'vue';
import { counted, named, setLocale, t } from '../../../src/renderer/i18n/index.ts';
import { problemText } from '../../../src/renderer/i18n/problems.ts';

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

  it('say the refusals of the parser in Japanese, and leave English as it is', () => {
    const message = 'expected a finite number > 0 and <= 1, got -1';
    expect(problemText(message)).toBe(message);
    setLocale('ja');
    expect(problemText(message)).toBe('有限の数 > 0 かつ <= 1が必要です(現在: -1)');
    expect(problemText('expected something new')).toBe('expected something new');
  });
});
