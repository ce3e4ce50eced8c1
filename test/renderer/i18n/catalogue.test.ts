import { describe, expect, it } from 'vitest';
import { en } from '../../../src/renderer/i18n/en.ts';
import { counted, named, setLocale, t } from '../../../src/renderer/i18n/index.ts';
import { ja } from '../../../src/renderer/i18n/ja.ts';
import { problemText } from '../../../src/renderer/i18n/problems.ts';

const places = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const messages: Readonly<Record<string, string>> = en;
const japanese: Readonly<Record<string, string>> = ja;

describe('the message catalogues', () => {
  it('have the same keys', () => expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort()));

  it.each(Object.keys(en))('%s has the same places in both languages and is not empty', (key) => {
    expect(places(japanese[key])).toEqual(places(messages[key]));
    expect(japanese[key].trim()).not.toBe('');
  });

  it('fall back to the registry’s own label for a kind that has no message yet', () => {
    expect(named('kind.loss.newest', 'Newest loss')).toBe('Newest loss');
    expect(named('kind.loss.softmax', 'x')).toBe(en['kind.loss.softmax']);
  });

  it('fill in places and count', () => {
    setLocale('en');
    expect(t('palette.study', { name: 'A' })).toBe('Open study: A');
    expect(counted('count.experiments', 1)).toBe('1 experiment');
    expect(counted('count.experiments', 1200)).toBe('1,200 experiments');
  });

  it('say the refusals of the parser in Japanese, and leave English as it is', () => {
    const message = 'expected a finite number > 0 and <= 1, got -1';
    setLocale('en');
    expect(problemText(message)).toBe(message);
    setLocale('ja');
    expect(problemText(message)).toBe('有限の数 > 0 かつ <= 1が必要です(現在: -1)');
    expect(problemText('expected something new')).toBe('expected something new');
    setLocale('en');
  });
});
