/** Codes of files: what the file system says, ZIP members, archives of results. */
import { type Nothing } from './description.ts';

/** What the file system says that has plain words. */
export const SYSTEM_ERRORS = ['ENOENT', 'EACCES', 'EPERM', 'EISDIR', 'ENOTDIR', 'EROFS', 'ENOSPC'] as const;
export type SystemError = (typeof SYSTEM_ERRORS)[number];

interface PlaceCodes {
  'file-system': { readonly error: SystemError };
  'plain-file': Nothing;
  /** An array that a study names: in the folder of the study, or below it. */
  'file-of-study': Nothing;
}

interface ZipCodes {
  'zip-encrypted': Nothing;
  'zip-method': Nothing;
  'zip-unpack': { readonly said: string };
  'zip-checksum': Nothing;
  /** Bytes that are stated, beside those that there are. */
  bytes: { readonly bytes: number };
  'zip-missing': Nothing;
  'zip-ratio': { readonly times: number; readonly size: number; readonly packed: number };
  'zip-members': { readonly most: number };
  'zip-folder': Nothing;
  'zip-parts': Nothing;
  zip64: Nothing;
  'zip-end': Nothing;
  'zip-name-encoding': Nothing;
  'zip-name': Nothing;
  'zip-sizes': Nothing;
  'zip-unpacked': { readonly most: number };
  'zip-name-once': { readonly name: string };
  'zip-overlap': Nothing;
  'zip-header': Nothing;
  'zip-header-name': { readonly name: string };
  'archive-bytes': { readonly most: number };
  'archive-directory': Nothing;
}

interface ResultCodes {
  'results-unnamed': Nothing;
  'results-later': Nothing;
  'results-changed': Nothing;
  'results-foreign-key': { readonly key: string };
  'results-of-none': Nothing;
  'results-stale': Nothing;
  'results-earlier-version': Nothing;
  'results-unverified': Nothing;
  'array-of-shape': { readonly shape: readonly (number | null)[] };
  'groups-too-many': Nothing;
  'not-of-description': Nothing;
  'other-times': Nothing;
  'curves-without-arrays': Nothing;
  /** `run`: of a simulation, else the name of the theory curve. */
  'curve-unfit': { readonly curve: string };
  'curve-list-of-file': Nothing;
  /** A number that none of this observable can be. */
  'curve-impossible': { readonly curve: string; readonly key: string; readonly value: string; readonly t: number };
}

interface ExportCodes {
  'csv-folder': Nothing;
  /** What a table that is there is: none of these curves, or one with others. */
  'csv-in-the-way': { readonly name: string; readonly is: 'no table' | 'other curves' };
  'archive-arrays': { readonly most: number };
  'archive-too-large': Nothing;
  'not-a-file': { readonly path: string };
  'file-shrank': { readonly path: string };
  'curve-later': { readonly curve: string };
}

interface LeftOutCodes {
  'without-results': Nothing;
  'without-stale': Nothing;
  'without-earlier-version': Nothing;
  'without-unverified': Nothing;
}

export interface FileCodes extends PlaceCodes, ZipCodes, ResultCodes, ExportCodes, LeftOutCodes {}
