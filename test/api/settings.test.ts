import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changeOf, initialOf, setting, settings, storedSettings } from '../../src/api/settings.ts';
import { languages } from '../../src/text/language.ts';
import { texts } from '../../src/text/texts.ts';

/** The table with another setting, as docs/adding-a-setting.md has it. */
const table = { ...settings, digits: setting(z.int().min(3).max(17), 6), grid: setting(z.boolean(), true) };

describe('settings', () => {
  it('begin with values that they allow themselves', () => {
    for (const [name, { value, initial }] of Object.entries(table))
      expect(value.safeParse(initial).success, name).toBe(true);
    expect(initialOf(table)).toEqual({
      ...{ theme: 'system', language: 'system', threads: null, railWidth: 236, inspectorWidth: 300 },
      ...{ digits: 6, grid: true },
    });
  });

  it('that are stored wrongly, or not at all, are as they were first, and take no other along', () => {
    const stored = { theme: 'pink', language: 'ja', threads: 3, digits: 99, further: 1, railWidth: 9999 };
    expect(storedSettings(table, stored)).toEqual({
      theme: 'system',
      language: 'ja',
      threads: 3,
      railWidth: 236,
      inspectorWidth: 300,
      digits: 6,
      grid: true,
    });
    for (const nothing of [undefined, null, 'dark', [1]])
      expect(storedSettings(table, nothing)).toEqual(initialOf(table));
  });

  it('are changed some at a time, to values that are allowed', () => {
    const change = changeOf(table);
    expect(change.parse({ digits: 9 })).toEqual({ digits: 9 });
    expect(change.parse({ threads: null })).toEqual({ threads: null });
    for (const wrong of [{ digits: 2 }, { grid: 'yes' }, { theme: 'pink' }, { further: 1 }, 3, null])
      expect(change.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
  });

  it.each(languages)('have a name each, and one for every word to choose, in %s', (language) => {
    const { named } = texts(language);
    for (const [name, { value, asked }] of Object.entries(settings)) {
      if (asked === false) continue;
      const words = value instanceof z.ZodEnum ? value.options.map((word) => `.${word}`) : [];
      const none = value instanceof z.ZodNullable ? ['.auto'] : [];
      for (const part of ['', ...words, ...none]) expect(named(`settings.${name}${part}`, '')).not.toBe('');
    }
  });
});
