import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/text/en/index.ts';
import { ja } from '../../src/text/ja/index.ts';
import { type Table } from '../../src/text/table.ts';
import { texts } from '../../src/text/texts.ts';

const places = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
const messages: Table = en;
const japanese: Table = ja;
const folder = join(import.meta.dirname, '..', '..', 'src', 'text');

describe('the tables of sentences', () => {
  it('have the same keys', () => expect(Object.keys(ja).sort()).toEqual(Object.keys(en).sort()));

  it.each(Object.keys(en))('%s has the same places in both languages and is not empty', (key) => {
    expect(places(japanese[key])).toEqual(places(messages[key]));
    expect(japanese[key].trim()).not.toBe('');
  });

  it.each(['en', 'ja'])('of %s are all in use, and no two have a sentence of the same key', async (language) => {
    const files = readdirSync(join(folder, language)).filter((name) => name !== 'index.ts');
    const keys: string[] = [];
    for (const file of files) {
      const tables = (await import(join(folder, language, file))) as Record<string, Table>;
      keys.push(...Object.values(tables).flatMap((table) => Object.keys(table)));
    }
    expect(keys.sort()).toEqual(Object.keys(language === 'en' ? en : ja).sort());
  });
});

describe('texts', () => {
  const english = texts('en');

  it('fall back to the registry’s own label for a kind that has no sentence yet', () => {
    expect(english.named('kind.loss.newest', 'Newest loss')).toBe('Newest loss');
    expect(english.named('kind.loss.softmax', 'x')).toBe(en['kind.loss.softmax']);
  });

  it('fill in places and count', () => {
    expect(english.say('palette.study', { name: 'A' })).toBe('Open study: A');
    expect(english.counted('count.experiments', 1)).toBe('1 experiment');
    expect(english.counted('count.experiments', 1200)).toBe('1,200 experiments');
  });
});
