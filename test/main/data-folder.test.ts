import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { saidBy } from '../refusals.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/lab/database/open.ts';
import { isCliCall, ownArguments } from '../../src/main/cli-call.ts';
import { chooseDataFolder, dataPlace, type Surroundings } from '../../src/main/data-folder.ts';
import { copyLibrary, hasLibrary } from '../../src/main/library-file.ts';

let folder: string;
let around: Surroundings;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-place-'));
  around = { platform: 'linux', environment: {}, home: '/home/ada', profile: join(folder, 'profile') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the place of the library', () => {
  it.each([
    ['linux', {}, '/home/ada/.local/share/sgdlab'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/sgdlab'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/sgdlab'],
    ['darwin', { XDG_DATA_HOME: '/data' }, null],
    ['win32', {}, null],
  ] as const)('is the platform’s: %s %j', (platform, environment, expected) => {
    const place = dataPlace({ ...around, platform, environment });
    expect(place).toEqual({ folder: expected ?? around.profile, chosenBy: 'platform' });
  });

  it('is the one chosen in the settings, until SGDLAB_DATA names another', () => {
    chooseDataFolder(around.profile, '/disk/lab');
    expect(dataPlace(around)).toEqual({ folder: '/disk/lab', chosenBy: 'settings' });
    const environment = { SGDLAB_DATA: '/elsewhere' };
    expect(dataPlace({ ...around, environment })).toEqual({ folder: '/elsewhere', chosenBy: 'environment' });
  });

  it.each(['', '{', '{"folder": 3}', '{"folder": "relative"}', 'null'])(
    'is not guessed when the choice reads %j',
    (text) => {
      mkdirSync(around.profile);
      writeFileSync(join(around.profile, 'data-folder.json'), text);
      expect(saidBy(() => dataPlace(around))).toMatch(/data-folder\.json does not name the folder of the library/);
    },
  );
});

describe('a copied library', () => {
  it('has the same studies, and the original stays', () => {
    const library = openLibrary(join(folder, 'from'));
    library.createStudy({ name: 'Kept', notes: 'α = 0.5', experiments: [] });
    const listed = library.listStudies({ search: '', archived: false });
    library.close();
    copyLibrary(join(folder, 'from'), join(folder, 'new', 'to'));
    expect(readdirSync(join(folder, 'new', 'to'))).toEqual(['library.sqlite']);
    for (const place of [join(folder, 'from'), join(folder, 'new', 'to')]) {
      const copy = openLibrary(place);
      expect(copy.listStudies({ search: '', archived: false })).toEqual(listed);
      copy.close();
    }
  });

  it('leaves nothing behind when it fails, and the original as it was', () => {
    openLibrary(join(folder, 'from')).close();
    const bytes = readFileSync(join(folder, 'from', 'library.sqlite'));
    mkdirSync(join(folder, 'to', 'library.sqlite'), { recursive: true });
    writeFileSync(join(folder, 'to', 'library.sqlite', 'in-the-way'), '');
    expect(() => copyLibrary(join(folder, 'from'), join(folder, 'to'))).toThrow();
    expect(existsSync(join(folder, 'to', 'library.sqlite.partial'))).toBe(false);
    expect(readFileSync(join(folder, 'from', 'library.sqlite')).equals(bytes)).toBe(true);
    expect(hasLibrary(join(folder, 'nowhere'))).toBe(false);
  });
});

describe('the arguments', () => {
  it('are those of the user, without the switches of the launcher', () => {
    const args = ownArguments(['--no-sandbox', '--no-zygote', '--log-level=3', 'run', 'a.json', '--json']);
    expect(args).toEqual(['run', 'a.json', '--json']);
    expect(isCliCall(args)).toBe(true);
  });

  it('are a start of the app when the first is no command', () => {
    for (const args of [[], ['run.sgdlab'], ['--inspect=0', 'run'], ['study.sgdlab', 'run']])
      expect(isCliCall(ownArguments(args))).toBe(false);
  });
});
