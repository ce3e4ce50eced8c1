/** The pages of the help: the user guide in the language of the page, and the documents behind it, as they are packaged. */
import { type Language } from '../../text/language.ts';

/** A page, by its address: `guide/figures`, `reference/theory`. */
export interface HelpPage {
  readonly address: string;
  readonly title: string;
  readonly source: string;
  /** Whether it is in English whatever the language is. */
  readonly reference: boolean;
}

/** The page that is made from the table of commands. */
export const SHORTCUTS = 'shortcuts';
export const FIRST = 'guide/first-figure';

const guides = import.meta.glob<string>('../../../docs/guide/*/*.md', { query: '?raw', import: 'default' });
const documents = import.meta.glob<string>(
  [
    '../../../docs/*.md',
    '../../core/NOTATION.md',
    // of those who work on the program
    '!../../../docs/adding-*.md',
    '!../../../docs/architecture.md',
    '!../../../docs/performance.md',
    '!../../../docs/releasing.md',
    '!../../../docs/security.md',
  ],
  { query: '?raw', import: 'default' },
);
const pictures = import.meta.glob<string>('../../../docs/tour/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});

const baseName = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/^\d+-/, '')
    .replace(/\.\w+$/, '')
    .toLowerCase();

const titleOf = (source: string): string => /^# (.*)$/m.exec(source)?.[1] ?? '';

async function load(
  files: Record<string, () => Promise<string>>,
  folder: 'guide' | 'reference',
  paths: readonly string[],
): Promise<HelpPage[]> {
  const sources = await Promise.all(paths.map((path) => files[path]()));
  return paths.map((path, k) => ({
    address: `${folder}/${baseName(path)}`,
    title: titleOf(sources[k]),
    source: sources[k],
    reference: folder === 'reference',
  }));
}

/** All pages: the guide in its order, then the documents by their titles. */
export async function helpPages(language: Language): Promise<HelpPage[]> {
  const guide = Object.keys(guides).filter((path) => path.includes(`/guide/${language}/`));
  const rest = await load(documents, 'reference', Object.keys(documents));
  return [
    ...(await load(guides, 'guide', guide.toSorted())),
    ...rest.toSorted((a, b) => a.title.localeCompare(b.title, 'en')),
  ];
}

/** Where a link of a page leads: an address, with the heading behind `#`; null if to no page of the help. */
export function linkedPage(url: string, pages: readonly HelpPage[]): { address: string; heading: string } | null {
  if (/^[a-z]+:/i.test(url)) return null;
  const [path, heading = ''] = url.split('#');
  const found = pages.find(({ address }) => path.endsWith('.md') && address.endsWith(`/${baseName(path)}`));
  return found ? { address: found.address, heading: decodeURIComponent(heading) } : null;
}

/** Address of a picture that a page names; undefined if there is none. */
export const pictureOf = (source: string): string | undefined =>
  Object.entries(pictures).find(([path]) => baseName(path) === baseName(source) && source.includes('tour/'))?.[1];

/** A heading as links name it. */
export const slug = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .replace(/\s+/g, '-');
