import { describe, expect, it } from 'vitest';
import { presetOf, presets } from '../../src/study/presets/presets.ts';
import { presets as english } from '../../src/text/en/presets.ts';
import { languages } from '../../src/text/language.ts';
import { presetStudies } from '../../src/text/preset-words/ja.ts';
import { presetStudy } from '../../src/text/preset-study.ts';
import { texts } from '../../src/text/texts.ts';
import { englishIn, japaneseIn } from './english.ts';

/** Names of methods and people, which are the same in every language. */
const NAMES = ['Heavy ball', 'DANA', 'Huber', 'relu', 'perp', 'dot', 'gamma', 'sum', 'mathrm', 'mathbb', 'partial'];

describe('the built-in studies in Japanese', () => {
  it.each(presets.map((preset) => [preset.name, preset] as const))(
    '%s: notes, names of experiments, and nothing for what is not there',
    (name, preset) => {
      const japanese = presetStudy(preset, texts('ja'));
      expect(japaneseIn(japanese.notes ?? '')).not.toEqual([]);
      for (const { name: shown, id } of japanese.experiments ?? [])
        expect(englishIn(shown ?? '', NAMES), `${id}: ${shown}`).toEqual([]);
      const ids = preset.study().experiments?.map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(Object.keys(presetStudies[name]?.names ?? {})));
      // the words alone: what is computed is the same
      const described = (study: typeof japanese) => study.experiments?.map(({ name: _name, ...rest }) => rest);
      expect(described(japanese)).toEqual(described(preset.study()));
      expect(presetStudy(preset, texts('en'))).toEqual(preset.study());
    },
  );
});

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
