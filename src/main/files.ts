/** Commands that go through the platform's file dialogs. */
import { type BrowserWindow, dialog, type FileFilter } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ExportFormat } from '../api/commands.ts';
import { type Answer, type Exported, type StudyId } from '../api/types.ts';
import { type Exportable } from '../lab/database/library-types.ts';
import { withoutResults } from '../lab/left-out.ts';
import { writeFileAtomically } from '../lab/files.ts';
import { type Refusal } from '../refusal/refusal.ts';
import { type Texts } from '../text/texts.ts';
import { writeExported } from './export-thread.ts';
import { fileName } from './file-name.ts';
import { type Laboratory } from './laboratory.ts';
import { printPdf } from './print.ts';
import { refusedBy } from './refused.ts';
import { saveFolder, type FolderFile } from './save-folder.ts';

const filterOf = ({ say }: Texts, format: Exclude<ExportFormat, 'csv'>): FileFilter => ({
  name: say(`files.${format}`),
  extensions: [format],
});

/** Imports the given files, or those chosen in a dialog; null if it was cancelled. */
export async function importStudies(
  lab: Laboratory,
  window: BrowserWindow,
  paths: string[] | null,
  again = false,
): Promise<Answer<StudyId[]> | null> {
  if (paths) return lab.importFiles(paths, again);
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile', 'multiSelections'],
    filters: [{ name: lab.texts().say('files.studies'), extensions: ['sgdlab', 'json'] }],
  });
  return canceled ? null : lab.importFiles(filePaths);
}

/** Exports a study to a place chosen in a dialog; null if it was cancelled. */
export async function exportStudy(
  lab: Laboratory,
  window: BrowserWindow,
  id: StudyId,
  format: ExportFormat,
): Promise<Answer<Exported> | null> {
  const exportable = lab.library.exportable(id);
  if (!exportable.ok) return exportable;
  const name = fileName(exportable.value.study.name);
  const chosen =
    format === 'csv'
      ? await chooseFolder(window)
      : await chooseFile(window, `${name}.${format}`, filterOf(lab.texts(), format));
  if (chosen === null) return null;
  return writeStudy(lab, exportable.value, format, format === 'csv' ? join(chosen, name) : chosen);
}

/** Exports several studies into one folder chosen in a dialog, over nothing that is there; null if it was cancelled. */
export async function exportStudies(
  lab: Laboratory,
  window: BrowserWindow,
  ids: readonly StudyId[],
  format: ExportFormat,
): Promise<Answer<Exported> | null> {
  const folder = await chooseFolder(window);
  if (folder === null) return null;
  const left: Refusal[] = [];
  for (const id of ids) {
    const exportable = lab.library.exportable(id);
    const name = exportable.ok ? exportable.value.study.name : id;
    const answer = exportable.ok
      ? await writeStudy(lab, exportable.value, format, freePath(folder, fileName(name), format))
      : exportable;
    if (answer.ok) left.push(...answer.value.left.map((each) => ({ ...each, path: `${name}: ${each.path}` })));
    else left.push(...answer.refusals.map((each) => ({ ...each, path: `${name}: ${each.path}` })));
  }
  return { ok: true, value: { path: folder, left } };
}

/** A place for a file of that name, or the name with a number, where there is none. */
function freePath(folder: string, name: string, format: ExportFormat): string {
  // tables have a folder of their own, which finds its place itself
  if (format === 'csv') return join(folder, name);
  for (let n = 1; ; n++) {
    const path = join(folder, `${n === 1 ? name : `${name} (${n})`}.${format}`);
    if (!existsSync(path)) return path;
  }
}

async function writeStudy(
  lab: Laboratory,
  exportable: Exportable,
  format: ExportFormat,
  chosen: string,
): Promise<Answer<Exported>> {
  const { study, results, older, left, damage } = exportable;
  const missing = format === 'json' ? [] : [...withoutResults(study.experiments, results, older), ...damage];
  const written =
    format === 'pdf'
      ? await printReport(lab, exportable, chosen)
      : await writeExported(lab, exportable, format, chosen);
  return written.ok ? { ok: true, value: { path: written.value, left: [...left, ...missing] } } : written;
}

/** A4, in centimetres; margins are the report's own. */
const PAPER = { width: 21, height: 29.7 };

async function printReport(lab: Laboratory, exportable: Exportable, target: string): Promise<Answer<string>> {
  try {
    writeFileAtomically(target, await printPdf(await lab.reader.reportOf(exportable, lab.texts().language), PAPER));
    return { ok: true, value: target };
  } catch (error) {
    return refusedBy(error, target);
  }
}

/** Saves a study's document as it is stored, whatever its state, to a place chosen in a dialog; null if cancelled. */
export async function saveStudyText(
  lab: Laboratory,
  window: BrowserWindow,
  id: StudyId,
): Promise<Answer<string> | null> {
  const stored = lab.textOf(id);
  if (!stored.ok) return stored;
  const { name, text } = stored.value;
  const target = await chooseFile(window, `${fileName(name)}.json`, filterOf(lab.texts(), 'json'));
  if (target === null) return null;
  try {
    await save(target, text);
    return { ok: true, value: target };
  } catch (error) {
    return refusedBy(error, target);
  }
}

/** Saves bytes that the page made (a figure, a table). */
export async function saveFile(window: BrowserWindow, name: string, bytes: Uint8Array): Promise<Answer<string> | null> {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1] ?? '';
  const filter = { name: extension.toUpperCase(), extensions: [extension] };
  const target = await chooseFile(
    window,
    fileName(name.slice(0, name.length - extension.length - 1)) + `.${extension}`,
    filter,
  );
  if (target === null) return null;
  try {
    writeFileAtomically(target, bytes);
    return { ok: true, value: target };
  } catch (error) {
    return refusedBy(error, target);
  }
}

/** Saves files that the page made as a new folder inside one chosen in a dialog; null if it was cancelled. */
export async function saveInFolder(
  lab: Laboratory,
  window: BrowserWindow,
  name: string,
  files: readonly FolderFile[],
  study: StudyId | null,
): Promise<Answer<Exported> | null> {
  const parent = await chooseFolder(window);
  return parent === null ? null : saveFolder(lab, parent, name, files, study);
}

async function chooseFile(window: BrowserWindow, defaultPath: string, filter: FileFilter): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath, filters: [filter] });
  return canceled || filePath === '' ? null : filePath;
}

export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openDirectory', 'createDirectory'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}

async function save(path: string, text: string): Promise<void> {
  await writeFileAtomically(path, new TextEncoder().encode(text));
}
