/** The bin and damaged studies, from the page's commands to the library on disk. */
import { mkdtempSync, rmSync } from 'node:fs';
import { saidBy } from '../refusals.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerCommand } from '../../src/api/command.ts';
import { BIN_DAYS } from '../../src/api/bin.ts';
import { commands, type CommandHandlers } from '../../src/api/commands.ts';
import { keysOf } from '../../src/core/experiment/identity.ts';
import { WorkerPool } from '../../src/lab/jobs/pool.ts';
import { KeptDrafts } from '../../src/main/kept-drafts.ts';
import { Laboratory } from '../../src/main/laboratory.ts';
import { libraryHandlers } from '../../src/main/library-handlers.ts';
import { studyFileOf } from '../../src/study/draft.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { tamper } from '../lab/database/folder.ts';
import { binary, studyOf } from '../lab/synthetic.ts';

const DAY = 86_400_000;
let folder: string;
let lab: Laboratory;
const openLab = () =>
  new Laboratory(
    folder,
    () => new WorkerPool(new URL('file:///no-threads'), 1),
    () => undefined,
  );
/** As the page gives it: copied, and parsed on the other side. */
const give = (name: string, argument?: unknown): unknown =>
  answerCommand(
    commands,
    libraryHandlers(() => lab, new KeptDrafts(() => [])) as unknown as CommandHandlers,
    name,
    structuredClone(argument),
  );
const listed = () => give('listStudies', { search: '', archived: false }) as { id: string; damage: string | null }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-handlers-'));
  lab = openLab();
});
afterEach(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the bin', () => {
  it('keeps a deleted study for its days, in which it can be restored, and not longer', () => {
    const id = give('createStudy', { kind: 'preset', name: 'spectra-compared' });
    const before = Date.now();
    give('deleteStudy', { id });
    lab.purgeBin(before + BIN_DAYS * DAY);
    give('restoreStudy', { id });
    expect(listed()).toHaveLength(1);
    give('deleteStudy', { id });
    lab.purgeBin(Date.now() + BIN_DAYS * DAY + 1);
    expect(saidBy(() => give('restoreStudy', { id }))).toMatch(/no study/);
    expect(lab.library.inBin(Infinity)).toBe(0);
  });

  it('does not touch a study that is not deleted, however old', () => {
    give('createStudy', { kind: 'empty' });
    lab.purgeBin(Date.now() + 1000 * BIN_DAYS * DAY);
    expect(listed()).toHaveLength(1);
  });
});

describe('a study made from a preset', () => {
  it('is named in the language of the settings, and has the same work whatever it is', () => {
    const made = (['en', 'ja'] as const).map((language) => {
      lab.changeSettings({ language });
      const opened = lab.library.openStudy(String(give('createStudy', { kind: 'preset', name: 'concentration' })));
      if (!opened.ok) throw new Error('not opened');
      return opened.value.draft;
    });
    expect(made.map(({ name }) => name)).toEqual(['Concentration', '集中']);
    const [english, japanese] = made.map((draft) => requireParsed(parseStudy(studyFileOf(draft))).experiments);
    expect(english.length).toBeGreaterThan(5);
    expect(japanese.map(keysOf)).toEqual(english.map(keysOf));
  });
});

describe('a damaged study', () => {
  it('gives its text and what can be read of it, and stays as it is', async () => {
    const study = studyOf([binary], 'Hurt');
    const id = lab.library.importStudy(study, []);
    await lab.close();
    tamper(folder, `UPDATE documents SET draft = replace(draft, '"experiments"', '"name":3,"experiments"')`);
    lab = openLab();
    expect(listed()).toMatchObject([{ id, damage: expect.stringMatching(/not a study/) as string }]);
    const text = lab.textOf(id);
    expect(text).toMatchObject({
      ok: true,
      value: { name: 'Hurt', text: expect.stringContaining('"name":3') as string },
    });
    const recovered = give('recoverStudy', { id }) as { ok: true; value: string };
    expect(recovered.ok).toBe(true);
    expect(give('openStudy', { id: recovered.value })).toMatchObject({
      ok: true,
      value: { draft: { name: 'Hurt', experiments: [{ id: 'binary' }] } },
    });
    expect(listed().map(({ damage }) => damage === null)).toHaveLength(2);
    expect(lab.textOf('nothing')).toMatchObject({ ok: false });
  });
});
