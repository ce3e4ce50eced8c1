/** Files that the page made, as a new folder; with a study, all that is needed to compute and draw it again. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Answer, type Exported, type StudyId } from '../api/types.ts';
import { makeFolder, writeFileAtomically } from '../lab/files.ts';
import { withoutResults } from '../lab/left-out.ts';
import { fileName } from './file-name.ts';
import { type Laboratory } from './laboratory.ts';
import { refusedBy } from './refused.ts';

export interface FolderFile {
  /** Relative, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Writes the files into a new folder of that name inside `parent`: `NAME-2` and so on where there is one already.
 * @param study whose description and results are written too; null for the files alone.
 */
export async function saveFolder(
  lab: Laboratory,
  parent: string,
  name: string,
  files: readonly FolderFile[],
  study: StudyId | null,
): Promise<Answer<Exported>> {
  const folder = freeFolder(join(parent, fileName(name)));
  try {
    makeFolder(folder);
    const left = study === null ? { ok: true as const, value: [] } : await writeStudy(lab, folder, study);
    if (!left.ok) return left;
    for (const { path, bytes } of files) {
      const target = join(folder, path);
      makeFolder(dirname(target));
      writeFileAtomically(target, bytes);
    }
    return { ok: true, value: { path: folder, left: left.value } };
  } catch (error) {
    return refusedBy(error, folder);
  }
}

function freeFolder(wanted: string): string {
  let free = wanted;
  for (let n = 2; existsSync(free); n++) free = `${wanted}-${n}`;
  return free;
}

async function writeStudy(lab: Laboratory, folder: string, id: StudyId): Promise<Answer<Exported['left']>> {
  const exportable = lab.library.exportable(id);
  if (!exportable.ok) return exportable;
  const { study, results, older, left, damage } = exportable.value;
  const written = await lab.writeExported(exportable.value, 'folder', folder);
  if (!written.ok) return written;
  return { ok: true, value: [...left, ...withoutResults(study.experiments, results, older), ...damage] };
}
