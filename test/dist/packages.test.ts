/** The packages as files: what is in them, what is not, and what the checkers of Debian and freedesktop.org say. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { listPackage, extractFile } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/ensure-build.mjs';
import { packageIn, RELEASE, run } from './machine.ts';

interface Manifest {
  version: string;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const deb = packageIn(RELEASE, '.deb');
const tarball = packageIn(RELEASE, '.tar.gz');

const work = mkdtempSync(join(tmpdir(), 'sgdlab-dist-'));
const unpacked = join(work, 'deb');
const portable = join(work, `sgdlab-${manifest.version}-linux-${process.arch}`);
const archive = join(unpacked, 'usr/lib/sgdlab/resources/app.asar');
const share = join(unpacked, 'usr/share');

beforeAll(() => {
  run('dpkg-deb', ['-x', deb, unpacked]);
  run('tar', ['-xzf', tarball, '-C', work]);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the release', () => {
  it('cannot be driven from outside: inspect arguments, Node mode and Node options are off', async () => {
    for (const program of [join(unpacked, 'usr/lib/sgdlab/sgdlab'), join(portable, 'sgdlab')]) {
      const wire = await getCurrentFuseWire(program);
      const on = Object.entries(FuseV1Options)
        .filter(([, fuse]) => typeof fuse === 'number' && wire[fuse] === FuseState.ENABLE)
        .map(([name]) => name);
      expect(on.filter((name) => name !== 'WasmTrapHandlers').sort()).toEqual([
        'EnableCookieEncryption',
        'OnlyLoadAppFromAsar',
      ]);
    }
  });

  it('ignores an inspector asked for on the command line', () => {
    const { status, stderr } = spawnSync(join(portable, 'bin', 'sgdlab'), ['--version', '--inspect=0'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect(status).not.toBeNull();
    expect(stderr).not.toContain('Debugger listening');
  });

  it('holds the built app and the two unbundled packages, and no sources, tests or development packages', () => {
    const files = listPackage(archive, { isPack: false });
    expect(files).toContain('/out/main/index.js');
    const tops = new Set(files.map((file) => file.split('/')[1]));
    expect([...tops].sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'node_modules', 'out', 'package.json']);
    const packages = new Set(files.flatMap((file) => /^\/node_modules\/([^/]+)/.exec(file)?.[1] ?? []));
    expect([...packages].sort()).toEqual(Object.keys(manifest.dependencies).sort());
    expect(files.filter((file) => /\.(ts|vue|map|tsx)$|\.test\.|\/(test|tests|src\/core)(\/|$)/.test(file))).toEqual(
      [],
    );
  });

  it('describes itself with what it needs only', () => {
    const inside = JSON.parse(extractFile(archive, 'package.json').toString()) as Record<string, unknown>;
    expect(inside).toMatchObject({ version: manifest.version, desktopName: 'sgdlab.desktop' });
    expect(Object.keys(inside)).not.toEqual(expect.arrayContaining(['devDependencies']));
    expect(inside.scripts).toBeUndefined();
  });

  it('has the licences of what is bundled, beside the executable and for the about box', () => {
    const beside = readFileSync(join(unpacked, 'usr/lib/sgdlab/third-party-notices.txt'), 'utf8');
    expect(extractFile(archive, 'out/third-party-notices.txt').toString()).toBe(beside);
    // some of each way in: script, style sheet and font, compiled, unbundled
    for (const name of [
      '@vue/runtime-core',
      'echarts',
      'zrender',
      'zod',
      'katex',
      '@fontsource-variable/inter',
      'assemblyscript',
    ])
      expect(beside).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
    for (const name of Object.keys(manifest.dependencies)) expect(beside).toContain(`\n${name} `);
    expect(beside).toContain('SIL OPEN FONT LICENSE');
    for (const tool of ['vitest', 'typescript', 'electron-vite']) expect(beside).not.toContain(`\n${tool} `);
    expect(readdirSync(join(unpacked, 'usr/lib/sgdlab'))).toContain('LICENSES.chromium.html');
  });

  it('is as large as the README says, to a tenth', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const said = (pattern: RegExp) => Number(pattern.exec(readme)?.[1]) * 1e6;
    const installed = Number(/^ *Installed-Size: (\d+)/m.exec(run('dpkg-deb', ['-I', deb]))?.[1]) * 1024;
    const near = (size: number, stated: number) => expect(Math.abs(size / stated - 1)).toBeLessThan(0.1);
    near(statSync(deb).size, said(/\.deb`[^\n]*?(\d+) MB/));
    near(statSync(tarball).size, said(/\.tar\.gz`[^\n]*?(\d+) MB/));
    near(installed, said(/(\d+) MB installed/));
  });

  it('has checksums that its packages match', () => {
    run('sh', ['-c', `cd '${RELEASE}' && sha256sum --check --quiet SHA256SUMS`]);
  });
});

describe('the Debian package', () => {
  it('has no errors by lintian, and only the warnings that docs/releasing.md explains', () => {
    const { stdout } = spawnSync('lintian', ['--allow-root', deb], { encoding: 'utf8' });
    const found = stdout.split('\n').filter((line) => /^[EW]:/.test(line));
    expect(found.map((line) => line.split(' ')[2])).toEqual(['elevated-privileges']);
  });

  it('has a desktop entry that the validator takes without a word', () => {
    expect(run('desktop-file-validate', [join(share, 'applications/sgdlab.desktop')])).toBe('');
  });

  it('has AppStream metadata that the validator takes', () => {
    const [name] = readdirSync(join(share, 'metainfo'));
    run('appstreamcli', ['validate', '--no-net', join(share, 'metainfo', name)]);
  });

  it('has a manual page that groff takes without a warning', () => {
    const page = join(share, 'man/man1/sgdlab.1.gz');
    const { stdout, stderr } = spawnSync('man', ['--warnings', '--pager=cat', '-l', page], { encoding: 'utf8' });
    expect(stdout).toMatch(/sgdlab +[-‐–] +exact dynamics/);
    expect(stderr).toBe('');
  });

  it('has both icons in every size', () => {
    const icons = join(share, 'icons/hicolor');
    for (const size of readdirSync(icons)) {
      const ending = size === 'scalable' ? 'svg' : 'png';
      for (const icon of [`apps/sgdlab.${ending}`, `mimetypes/application-x-sgdlab.${ending}`]) {
        const bytes = readFileSync(join(icons, size, icon));
        // width in the PNG header
        if (ending === 'png') expect(bytes.readUInt32BE(16)).toBe(Number.parseInt(size, 10));
      }
    }
    expect(readdirSync(icons)).toHaveLength(10);
  });
});

describe('the portable archive', () => {
  it('is the command line without a display, wherever it is unpacked', () => {
    const version = spawnSync(join(portable, 'bin', 'sgdlab'), ['--version'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    expect(version).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('says in its manual and completions every command and option that there is', () => {
    const help = (...args: string[]) => run(join(portable, 'bin', 'sgdlab'), [...args, '--help']);
    const texts = [
      run('gzip', ['-dc', join(portable, 'share/man/man1/sgdlab.1.gz')])
        .replaceAll('\\-', '-')
        .replace(/\\f[BIR]/g, ''),
      readFileSync(join(portable, 'share/bash-completion/completions/sgdlab'), 'utf8'),
      readFileSync(join(portable, 'share/zsh/vendor-completions/_sgdlab'), 'utf8'),
      // the launcher must know which words need no display
      readFileSync(join(portable, 'bin/sgdlab'), 'utf8'),
    ];
    const commands = [...help().matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
    expect(commands).toContain('run');
    for (const text of texts) for (const command of commands) expect(text).toMatch(new RegExp(`\\b${command}\\b`));
    for (const command of commands.filter((name) => name !== 'help')) {
      for (const [, option] of help(command).matchAll(/^ {2}(?:-\w, )?(--[a-z]+)/gm))
        for (const text of texts.slice(0, 3)) expect(text).toContain(option);
    }
  });
});
