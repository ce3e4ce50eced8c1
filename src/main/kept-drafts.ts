/**
 * Documents that could not be saved, kept in small files until they are saved or discarded: beside the library, or where
 * that folder cannot be written, in the window's profile or the folder for temporary files.
 */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Answer, type KeptDraft, type KeptDraftKey } from '../api/types.ts';
import { parseJson } from '../core/description/json.ts';
import { makeFolder, writeFileAtomically } from '../lab/files.ts';
import { refusalsOf, type Refusal } from '../refusal/refusal.ts';

const FOLDER = 'unsaved';
const fileSchema = z.object({ studyId: z.string(), since: z.number(), saved: z.number(), study: z.unknown() });

/** Folders where drafts may be, the best one first. */
export function draftPlaces(library: string, profile: string): string[] {
  const { uid } = userInfo();
  const places = [join(library, FOLDER), join(profile, FOLDER), join(tmpdir(), `sgdlab-${uid}-${FOLDER}`)];
  return [...new Set(places)];
}

/**
 * Writes a file to the first of the places that takes it.
 * @returns its path; refused with the reason of the best place if none takes it.
 */
export function writeToFirst(places: readonly string[], name: string, write: (path: string) => void): Answer<string> {
  let reason: readonly Refusal[] = [];
  for (const place of places) {
    try {
      makeFolder(place, 0o700);
      if (!isOwn(place)) throw new Error('the folder belongs to somebody else');
      const path = join(place, name);
      write(path);
      return { ok: true, value: path };
    } catch (error) {
      if (reason.length === 0) reason = refusalsOf(error);
    }
  }
  return { ok: false, refusals: reason };
}

/** Moves what is kept beside a library to the first of the places that takes it; what none takes stays. */
export function moveKept(library: string, places: readonly string[]): void {
  const folder = join(library, FOLDER);
  for (const name of filesIn(folder)) {
    const path = join(folder, name);
    const moved = writeToFirst(places, name, (target) => writeFileAtomically(target, readFileSync(path)));
    if (moved.ok && moved.value !== path) rmSync(path, { force: true });
  }
}

export class KeptDrafts {
  /** @param places see draftPlaces; the library may be moved while the app runs. */
  constructor(readonly places: () => readonly string[]) {}

  /**
   * Keeps a document in place of what was kept of the same edit.
   * @param text JSON of the study file.
   * @returns where it is kept; refused if no place can be written.
   */
  keep(key: KeptDraftKey, text: string): Answer<string> {
    const content = JSON.stringify({ ...key, saved: Date.now(), study: parseJson(text) });
    const places = this.places();
    const kept = writeToFirst(places, nameOf(key), (path) =>
      writeFileAtomically(path, new TextEncoder().encode(content)),
    );
    if (kept.ok) this.remove(key, (other) => join(places[other], nameOf(key)) !== kept.value);
    return kept;
  }

  drop(key: KeptDraftKey): void {
    this.remove(key, () => true);
  }

  private remove(key: KeptDraftKey, where: (place: number) => boolean): void {
    this.places().forEach((place, k) => {
      try {
        if (where(k)) rmSync(join(place, nameOf(key)), { force: true });
      } catch {
        // a folder that is not there or cannot be written
      }
    });
  }

  /** What is kept, youngest first. Files that cannot be read stay, and hide no other. */
  list(): KeptDraft[] {
    const found = this.places().flatMap((place) => {
      const names = ownFilesIn(place).filter((name) => name.endsWith('.json'));
      return names.flatMap((name): KeptDraft[] => {
        const path = join(place, name);
        try {
          return [{ ...fileSchema.parse(parseJson(readFileSync(path, 'utf8'))), path }];
        } catch {
          return [];
        }
      });
    });
    return found.sort((a, b) => b.saved - a.saved);
  }
}

const nameOf = ({ studyId, since }: KeptDraftKey): string => `${encodeURIComponent(studyId)}.${since}.json`;

/** Names of the files of a folder of one's own; none where there is no such folder. */
export const ownFilesIn = (folder: string): string[] => (isOwn(folder) ? filesIn(folder) : []);

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
  } catch {
    return [];
  }
}

/** The folder for temporary files is everybody's. */
function isOwn(folder: string): boolean {
  try {
    const { uid } = userInfo();
    return uid < 0 || statSync(folder).uid === uid;
  } catch {
    return false;
  }
}
