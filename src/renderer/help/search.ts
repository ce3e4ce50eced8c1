/** Full-text search over the help, section by section. */
import { type HelpPage } from './pages.ts';
import { slug } from './pages.ts';

export interface Found {
  readonly address: string;
  readonly title: string;
  /** Heading of the section; empty for what stands before the first. */
  readonly heading: string;
  readonly slug: string;
  /** The words around the first that was found. */
  readonly excerpt: string;
}

interface Section {
  readonly heading: string;
  readonly text: string;
}

const MOST = 40;
const AROUND = 60;

/** Markdown as the words that are read. */
const plain = (markdown: string): string =>
  markdown
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[-|:\s]+$/gm, ' ')
    .replace(/[*`#|]+/g, ' ')
    .replace(/\s+/g, ' ');

/** A page cut at its headings; a `#` within code begins no section. */
function sectionsOf({ source }: HelpPage): Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  let code = false;
  for (const line of source.split('\n')) {
    if (line.startsWith('```')) code = !code;
    const heading = code ? null : /^##+ (.*)$/.exec(line);
    if (heading) sections.push({ heading: plain(heading[1]).trim(), lines: [] });
    else if (!line.startsWith('# ') || code) sections[sections.length - 1].lines.push(line);
  }
  return sections.map(({ heading, lines }) => ({ heading, text: plain(lines.join('\n')).trim() }));
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Sections that have every word of the query; words in titles and headings count most, the guide before the rest. */
export function searchHelp(pages: readonly HelpPage[], query: string): Found[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found = pages.flatMap((page) =>
    sectionsOf(page).flatMap(({ heading, text }) => {
      const [title, head, body] = [page.title, heading, text].map(folded);
      if (!words.every((word) => title.includes(word) || head.includes(word) || body.includes(word))) return [];
      // a word of the title alone is that of its first section
      if (heading !== '' && !words.some((word) => head.includes(word) || body.includes(word))) return [];
      const score =
        words.reduce((sum, word) => sum + (head.includes(word) ? 4 : 0) + (title.includes(word) ? 2 : 0), 0) +
        (page.reference ? 0 : 3);
      const at = Math.max(
        0,
        Math.min(...words.map((word) => body.indexOf(word)).filter((place) => place >= 0), text.length),
      );
      const from = Math.max(0, (at === text.length ? 0 : at) - AROUND);
      const excerpt = `${from > 0 ? '…' : ''}${text.slice(from, from + 3 * AROUND)}`;
      return [{ address: page.address, title: page.title, heading, slug: slug(heading), excerpt, score }];
    }),
  );
  return found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST)
    .map(({ score: _score, ...each }) => each);
}
