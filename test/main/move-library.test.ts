/** Moving the library of a laboratory without a window to a folder that a dialog has given. */
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { inEnglish, saidBy } from '../refusals.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draftPlaces, KeptDrafts } from '../../src/main/kept-drafts.ts';
import { Laboratory } from '../../src/main/laboratory.ts';
import { copyLibrary, hasLibrary } from '../../src/main/library-file.ts';
import { moveLibrary } from '../../src/main/move-library.ts';
import { ThreadlessPool } from '../lab/threadless-pool.ts';

const chosen = vi.hoisted(() => ({ folder: '', meanwhile: () => {} }));
vi.mock('electron', () => ({
  dialog: {
    showOpenDialog: () => {
      chosen.meanwhile();
      return Promise.resolve({ canceled: false, filePaths: [chosen.folder] });
    },
  },
}));

let folder: string;
let from: string;
let to: string;
let lab: Laboratory;
let held: number | null;
const openLab = (place: string) =>
  new Laboratory(
    place,
    () => new ThreadlessPool(),
    () => {},
  );
const move = () =>
  moveLibrary({
    profile: folder,
    lab: () => lab,
    window: () => ({}) as BrowserWindow,
    reopen: (place) => void (lab = openLab(place)),
  });
const names = () => lab.library.listStudies({ search: '', archived: false }).map(({ name }) => name);
const create = (name: string) => lab.create({ kind: 'draft', draft: { name, notes: '', experiments: [] } });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-move-'));
  [from, to] = ['from', 'to'].map((name) => join(folder, name));
  mkdirSync(to);
  Object.assign(chosen, { folder: to, meanwhile: () => {} });
  held = null;
  lab = openLab(from);
  vi.stubEnv('SGDLAB_DATA', '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  if (held !== null) closeSync(held);
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As a program that has the library open. */
function hold(): void {
  const path = join(from, 'library.sqlite-shm');
  writeFileSync(path, '');
  held = openSync(path, 'r');
}

it('goes on in the new folder with the same studies', async () => {
  create('Moved');
  expect(await move()).toEqual({ ok: true, value: to });
  expect(lab.library.folder).toBe(to);
  expect(names()).toEqual(['Moved']);
});

it.each([
  ['before', () => hold()],
  ['while the folder is chosen', () => (chosen.meanwhile = hold)],
])('is refused with the reason while another program has the library open: %s', async (_, begin) => {
  create('Only in the log');
  begin();
  const moved = await move();
  expect(inEnglish(!moved || moved.ok ? [] : moved.refusals)).toMatchObject([
    { message: expect.stringMatching(/^Another program has the library open/) as string },
  ]);
  expect(lab.library.folder).toBe(from);
  expect(names()).toEqual(['Only in the log']);
  expect(hasLibrary(to)).toBe(false);
});

it('copies no library whose last saves are still in a file beside it', async () => {
  create('Only in the log');
  hold();
  await lab.close();
  expect(saidBy(() => copyLibrary(from, to))).toMatch(/was not closed in order/);
  expect(hasLibrary(to)).toBe(false);
});

it('takes the drafts along that could not be saved', async () => {
  const drafts = new KeptDrafts(() => draftPlaces(lab.library.folder, folder));
  const key = { studyId: 'a', since: 1 };
  drafts.keep(key, JSON.stringify({ name: 'Kept' }));
  writeFileSync(join(from, 'unsaved', 'results.sgdlab'), 'results');
  await move();
  expect(drafts.list()).toEqual([expect.objectContaining({ ...key, path: join(to, 'unsaved', 'a.1.json') })]);
  expect(existsSync(join(to, 'unsaved', 'results.sgdlab'))).toBe(true);
  drafts.drop(key);
  expect(existsSync(join(from, 'unsaved', 'a.1.json'))).toBe(false);
});
