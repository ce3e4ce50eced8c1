/** The native menu and the questions of the main process, in both languages. */
import { type MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { leavingQuestion } from '../../src/main/leaving-question.ts';
import { menuTemplate } from '../../src/main/menu-template.ts';
import { languages } from '../../src/text/language.ts';
import { texts } from '../../src/text/texts.ts';
import { englishIn, japaneseIn } from '../text/english.ts';

const OWN = ['SGD Dynamics Lab'];
const platforms = ['linux', 'win32', 'darwin'] as const;

/** All items, menus and their submenus. */
const itemsOf = (template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);

describe.each(languages.flatMap((language) => platforms.map((platform) => ({ language, platform }))))(
  'the menu in $language on $platform',
  ({ language, platform }) => {
    const give = vi.fn();
    const place = { platform, packaged: false, recent: [] };
    const actions = { give, open: vi.fn() };
    const items = itemsOf(menuTemplate(texts(language), place, actions));

    it('has a label in the language for every item: none is left to Electron', () => {
      for (const { type, label } of items) {
        if (type === 'separator') continue;
        expect(label).toBeTruthy();
        expect(language === 'ja' ? englishIn(label ?? '', OWN) : japaneseIn(label ?? '')).toEqual([]);
      }
    });

    it('has the same keys and commands as in every language', () => {
      const of = (all: readonly MenuItemConstructorOptions[]) =>
        all.map(({ role, accelerator, type }) => ({ role, accelerator, type }));
      const english = itemsOf(menuTemplate(texts('en'), place, actions));
      expect(of(items)).toEqual(of(english));
      const run = items.find(({ accelerator }) => accelerator === 'CmdOrCtrl+Enter');
      (run?.click as unknown as () => void)();
      expect(give).toHaveBeenLastCalledWith('run');
    });
  },
);

it('opens the files of late by their paths, which are shown as they are', () => {
  const open = vi.fn();
  const recent = ['/data/R&D.sgdlab', '/data/old.json'];
  const items = itemsOf(
    menuTemplate(texts('en'), { platform: 'linux', packaged: true, recent }, { give: vi.fn(), open }),
  );
  const shown = items.filter(({ label }) => label?.startsWith('/data/'));
  expect(shown.map(({ label }) => label?.replaceAll('&&', '&'))).toEqual(recent);
  for (const { click } of shown) (click as unknown as () => void)();
  expect(open.mock.calls.flat()).toEqual(recent);
});

it.each(languages)('what is asked before the program ends is in %s', (language) => {
  const reason = 'REASON';
  for (const running of [true, false]) {
    for (const unstored of [null, { results: 1, reason }, { results: 3, reason }]) {
      const question = leavingQuestion(texts(language), running, unstored);
      if (question === null) continue;
      const said = [question.message, question.detail, ...question.buttons];
      expect(said.flatMap((text) => (language === 'ja' ? englishIn(text, [reason]) : japaneseIn(text)))).toEqual([]);
    }
  }
});
