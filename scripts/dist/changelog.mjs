/** CHANGELOG.md in the forms that packages want. */
import { identity } from './identity.mjs';

/**
 * Releases, newest first: `## 1.2.3` or `## 1.2.3 (2026-01-31)`, then `- item` lines.
 * @param undated date of a release without one, which is the one being made.
 */
export function readReleases(markdown, undated) {
  const releases = [];
  for (const line of markdown.split('\n')) {
    const head = /^## v?(\d[^\s]*)(?: \((\d{4}-\d{2}-\d{2})\))?\s*$/.exec(line);
    if (head) releases.push({ version: head[1], date: head[2] ? new Date(head[2]) : undated, items: [] });
    else if (/^- /.test(line)) releases.at(-1)?.items.push(plain(line.slice(2)));
    else if (/^ {2,}\S/.test(line) && releases.at(-1)?.items.length)
      releases.at(-1).items.push(`${releases.at(-1).items.pop()} ${plain(line.trim())}`);
  }
  if (releases[0]?.version !== identity.version)
    throw new Error(`CHANGELOG.md starts with ${releases[0]?.version}, package.json says ${identity.version}`);
  return releases;
}

/** What is new in this version, in Markdown. @throws Error if the changelog has another version on top. */
export function releaseNotes(markdown) {
  const [, text] = /^## v?\d[^\n]*\n(.*?)(?=^## |(?![^]))/ms.exec(markdown) ?? [];
  readReleases(markdown, new Date(0));
  return `${text.trim()}\n`;
}

const plain = (markdown) => markdown.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');

/** As in Debian Policy, 4.4. */
export function debianChangelog(releases) {
  return releases
    .map(({ version, date, items }) => {
      const lines = items.map((item) => wrap(item, 74).join('\n    '));
      const head = `${identity.name} (${version}) unstable; urgency=medium`;
      return `${head}\n\n${lines.map((line) => `  * ${line}`).join('\n')}\n\n -- ${identity.maintainer}  ${rfc5322(date)}\n`;
    })
    .join('\n');
}

const rfc5322 = (date) => date.toUTCString().replace('GMT', '+0000');

function wrap(text, width) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}

/** `<release>` elements of AppStream. */
export function metainfoReleases(releases) {
  return releases
    .map(({ version, date, items }) => {
      const list = items.map((item) => `          <li>${escapeXml(item)}</li>`).join('\n');
      const head = `    <release version="${escapeXml(version)}" date="${date.toISOString().slice(0, 10)}">`;
      return `${head}\n      <description>\n        <ul>\n${list}\n        </ul>\n      </description>\n    </release>`;
    })
    .join('\n');
}

const escapeXml = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
