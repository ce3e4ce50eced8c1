import { describe, expect, it } from 'vitest';
import { presetOf, presets } from '../../src/study/presets/presets.ts';
import { presets as english } from '../../src/text/en/presets.ts';
import { languages } from '../../src/text/language.ts';
import { texts } from '../../src/text/texts.ts';

describe('the sentences of the built-in studies', () => {
  it('are a title and a description of each preset, and of nothing else', () => {
    const expected = presets.flatMap(({ name }) => [`preset.${name}.title`, `preset.${name}.description`]);
    expect(Object.keys(english)).toEqual(expected);
  });

  it.each(presets.map(({ name }) => name))('%s has the English title as its own name', (name) => {
    expect(presetOf(name)?.study().name).toBe(texts('en').say(`preset.${name}.title`));
  });

  it.each(languages)('no two presets have the same title in %s', (language) => {
    const titles = presets.map(({ name }) => texts(language).say(`preset.${name}.title`));
    expect(new Set(titles).size).toBe(presets.length);
  });
});
