/** Exports to a place chosen in a dialog. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow } from 'electron';
import { expect, it, vi } from 'vitest';
import { exportStudy } from '../../src/main/files.ts';
import { type Laboratory } from '../../src/main/laboratory.ts';
import { writeExported } from '../../src/lab/exported-study.ts';
import { texts } from '../../src/text/texts.ts';
import { binary, resultsFor, studyOf } from '../lab/synthetic.ts';
import { newFolder } from '../lab/database/folder.ts';

const showOpenDialog = vi.hoisted(() => vi.fn());
vi.mock('electron', () => ({ dialog: { showOpenDialog }, BrowserWindow: class {} }));

it('CSV tables of other curves in the chosen folder stay, and the answer says where the new ones are', async () => {
  const folder = newFolder();
  showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [folder] });
  const study = studyOf([binary], 'Curves');
  const exported = (salt: number) => {
    const results = study.experiments.map((experiment) => resultsFor(experiment, salt));
    const exportable = { study, results, older: new Map(), left: [], damage: [], order: study.experiments };
    const lab = {
      texts: () => texts('en'),
      library: { exportable: () => ({ ok: true, value: exportable }) },
      writeExported: (of: typeof exportable, format: 'csv', target: string) =>
        writeExported({ exportable: of, format, target, language: 'en' }),
    };
    return exportStudy(lab as unknown as Laboratory, {} as BrowserWindow, 's', 'csv');
  };
  expect(await exported(1)).toEqual({ ok: true, value: { path: join(folder, 'Curves'), left: [] } });
  expect(await exported(1)).toMatchObject({ value: { path: join(folder, 'Curves') } });
  expect(await exported(2)).toMatchObject({ ok: true, value: { path: join(folder, 'Curves-2') } });
  expect(readdirSync(folder).sort()).toEqual(['Curves', 'Curves-2']);
  expect(readdirSync(join(folder, 'Curves-2'))).toEqual(readdirSync(join(folder, 'Curves')));
});
