/** Which study each imported file became, by a hash of its bytes, and the files of late: kept in the library. */
import { dirname } from 'node:path';
import { z } from 'zod';
import { removeLeft } from '../lab/temporary-folder.ts';
import { type StudyId } from '../api/types.ts';
import { type Library } from '../lab/database/library.ts';

const IMPORTS_KEY = 'imports';
const RECENT_KEY = 'recent-files';
const MOST_IMPORTS = 500;
const MOST_RECENT = 10;

const importsSchema = z.array(z.tuple([z.string(), z.string()])).catch([]);
const recentSchema = z.array(z.string()).catch([]);

/** The study of the library, archived or not, that a file became; null if there is none any more. */
export function studyFrom(library: Library, hash: string): StudyId | null {
  const found = importsSchema.parse(library.recall(IMPORTS_KEY)).filter(([of]) => of === hash);
  if (found.length === 0) return null;
  const there = new Set(
    [true, false].flatMap((archived) => library.listStudies({ search: '', archived }).map(({ id }) => id)),
  );
  return found.find(([, id]) => there.has(id))?.[1] ?? null;
}

export function rememberImport(library: Library, hash: string, id: StudyId): void {
  const others = importsSchema.parse(library.recall(IMPORTS_KEY));
  library.remember(IMPORTS_KEY, [[hash, id], ...others].slice(0, MOST_IMPORTS));
}

/** Paths of files that were imported, youngest first. */
export const recentFiles = (library: Library): string[] => recentSchema.parse(library.recall(RECENT_KEY));

/** Removes what killed processes have left beside the library and the files of late. */
export function removeLeftBeside(library: Library): void {
  const folders = new Set([library.folder, ...recentFiles(library).map((path) => dirname(path))]);
  for (const folder of folders) removeLeft(folder);
}

export function rememberFile(library: Library, path: string): void {
  library.remember(RECENT_KEY, [path, ...recentFiles(library).filter((each) => each !== path)].slice(0, MOST_RECENT));
}
