/**
 * Where the study library is: the folder named by SGDLAB_DATA, else the one chosen in the settings, else the
 * platform's. The choice cannot be kept in the library itself, so it is a small file beside the window's profile.
 */
import { readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../core/description/json.ts';
import { makeFolder, writeFileAtomically } from '../lab/files.ts';

export interface DataPlace {
  readonly folder: string;
  readonly chosenBy: 'environment' | 'settings' | 'platform';
}

/** What decides, as arguments. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The folder of the window's profile (Electron's userData). */
  readonly profile: string;
}

const CHOICE_FILE = 'data-folder.json';
const choiceSchema = z.object({ folder: z.string().refine(isAbsolute, 'expected an absolute path') });

/** @throws Error if there is a choice that cannot be read: the standard folder would look like an empty library. */
export function dataPlace(around: Surroundings): DataPlace {
  const named = around.environment.SGDLAB_DATA;
  if (named) return { folder: resolve(named), chosenBy: 'environment' };
  const chosen = readChoice(join(around.profile, CHOICE_FILE));
  return chosen === null
    ? { folder: platformFolder(around), chosenBy: 'platform' }
    : { folder: chosen, chosenBy: 'settings' };
}

/** Linux: XDG base directories. Windows and macOS keep data and profile together. */
function platformFolder({ platform, environment, home, profile }: Surroundings): string {
  if (platform === 'win32' || platform === 'darwin') return profile;
  const data = environment.XDG_DATA_HOME;
  // the specification: a relative path is to be ignored
  return join(data && isAbsolute(data) ? data : join(home, '.local', 'share'), 'sgdlab');
}

function readChoice(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return choiceSchema.parse(parseJson(text)).folder;
  } catch (error) {
    throw new Error(`${path} does not name the folder of the library. Correct or remove it.`, { cause: error });
  }
}

/** Makes `folder` the place of the library from now on. */
export function chooseDataFolder(profile: string, folder: string): void {
  makeFolder(profile);
  const text = `${JSON.stringify({ folder: resolve(folder) }, null, 2)}\n`;
  writeFileAtomically(join(profile, CHOICE_FILE), new TextEncoder().encode(text));
}
