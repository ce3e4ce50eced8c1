/** The help inside the app: its pages are packaged, whole in every language, true to the commands, and found. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keysOf, pageCommands, type PageCommandName } from '../../src/api/page-commands.ts';
import App from '../../src/renderer/App.vue';
import { helpPages, linkedPage, pictureOf, slug, type HelpPage } from '../../src/renderer/help/pages.ts';
import { searchHelp } from '../../src/renderer/help/search.ts';
import { languages, type Language } from '../../src/text/language.ts';
import { en } from '../../src/text/en/index.ts';
import { ja } from '../../src/text/ja/index.ts';
import { axeViolations } from './support/axe.ts';
import { useFakeLab } from './support/fake-lab.ts';

const pages = {} as Record<Language, HelpPage[]>;
beforeAll(async () => {
  for (const language of languages) pages[language] = await helpPages(language);
});

const guide = (language: Language) => pages[language].filter(({ reference }) => !reference);
const matches = (source: string, pattern: RegExp) => [...source.matchAll(pattern)].map(([, found]) => found);

describe('the pages of the help', () => {
  it('are the same in every language, each with a title, headings, pictures and links in the same order', () => {
    const frame = (language: Language) =>
      guide(language).map(({ address, source }) => ({
        address,
        headings: matches(source, /^(#+) /gm),
        pictures: matches(source, /!\[[^\]]*\]\(([^)]*)\)/g),
        links: matches(source, /[^!]\[[^\]]*\]\(([^)]*)\)/g),
        code: matches(source, /^```(\w+)$/gm),
      }));
    expect(guide('en').length).toBeGreaterThan(5);
    for (const language of languages) {
      expect(frame(language)).toEqual(frame('en'));
      for (const { title } of pages[language]) expect(title).not.toBe('');
    }
  });

  it.each(languages)('in %s lead only to pages that are there, and show only pictures that are', (language) => {
    for (const { address, source } of guide(language)) {
      for (const url of matches(source, /[^!]\[[^\]]*\]\(([^)]*)\)/g)) {
        const to = linkedPage(url, pages[language]);
        expect(to, `${address}: ${url}`).not.toBeNull();
        const target = pages[language].find((page) => page.address === to?.address)?.source ?? '';
        if (to?.heading) expect(matches(target, /^#+ (.*)$/gm).map(slug), url).toContain(to.heading);
      }
      for (const source_ of matches(source, /!\[[^\]]*\]\(([^)]*)\)/g)) expect(pictureOf(source_)).toBeTruthy();
    }
  });

  it.each(languages)('in %s name keys that a command has', (language) => {
    const known = new Set((Object.keys(pageCommands) as PageCommandName[]).map((name) => keysOf(name)));
    const named = guide(language).flatMap(({ source }) =>
      matches(source, /((?:Ctrl|Alt)\+(?:Shift\+)?[A-Z0-9,.][a-z]*)/g),
    );
    expect(named.length).toBeGreaterThan(10);
    for (const keys of named) expect([...known], keys).toContain(keys.replace('Ctrl', 'Mod').replace(/\.$/, '.'));
  });

  it.each(languages)('in %s call buttons and tabs as the app does', (language) => {
    const said = Object.values<string>(language === 'en' ? en : ja)
      .join('\n')
      .toLowerCase();
    for (const { address, source } of guide(language)) {
      for (const name of matches(source.replace(/```[^]*?```|`[^`]*`/g, ''), /(?<!\*)\*([^*\n]+)\*(?!\*)/g))
        expect(said.includes(name.toLowerCase()), `${address}: ${name}`).toBe(true);
    }
  });
});

describe('the search', () => {
  it.each<[Language, string, string, string]>([
    ['en', 'decimal comma', 'guide/files', 'Numbers from files'],
    ['en', 'latex pdf', 'guide/notes-and-export', 'A figure for a paper'],
    ['en', 'deletd', '', ''],
    ['en', 'exit status', 'reference/study-format', ''],
    ['ja', '小数コンマ', 'guide/files', 'ファイルの数'],
    ['ja', 'タグ', 'guide/library', ''],
  ])('in %s of %j finds %s', (language, query, address, heading) => {
    const found = searchHelp(pages[language], query);
    if (address === '') return expect(found).toEqual([]);
    const hit = found.find((each) => each.address === address && (heading === '' || each.heading === heading));
    expect(hit, JSON.stringify(found.slice(0, 5))).toBeDefined();
    // the guide comes before the documents
    expect(found.findIndex(({ address: of }) => of.startsWith('reference'))).not.toBe(
      address.startsWith('guide') ? 0 : -1,
    );
  });

  it('of nothing finds nothing', () => expect(searchHelp(pages.en, '  ')).toEqual([]));
});

describe('the help dialog', () => {
  let mounted: VueWrapper | undefined;
  afterEach(() => mounted?.unmount());

  it('opens by F1, is searched, follows links and goes back, without an accessibility violation', async () => {
    useFakeLab();
    mounted = mount(App, { attachTo: document.body });
    await flushPromises();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F1', bubbles: true, cancelable: true }));
    const help = () => document.querySelector<HTMLElement>('[data-testid="help"]');
    await expect.poll(() => help()?.querySelector('h1')?.textContent).toBe('A first figure');
    expect(await axeViolations(document.querySelector('.dialog') as Element)).toEqual([]);

    const search = document.querySelector<HTMLInputElement>('[data-testid="help-search"]');
    if (!search) throw new Error('there is no search');
    search.value = 'sqrt 1,000,000';
    search.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
    document.querySelector<HTMLElement>('[data-testid="help-found"] button')?.click();
    await flushPromises();
    expect(help()?.querySelector('h1')?.textContent).toBe('Experiments and the editor');
    help()?.querySelector<HTMLElement>('a[href$="hsgd.md"]')?.click();
    await flushPromises();
    expect(help()?.querySelector('h1')?.textContent).toBe('Homogenised SGD');
    document.querySelector<HTMLElement>('[data-testid="help-back"]')?.click();
    await flushPromises();
    expect(help()?.querySelector('h1')?.textContent).toBe('Experiments and the editor');
    document.querySelector<HTMLElement>('[data-testid="help-shortcuts"]')?.click();
    await flushPromises();
    expect(help()?.textContent).toContain('Ctrl+K');
  });
});
