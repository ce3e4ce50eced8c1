/** What files must be, and what is said of results in them, in English. */
import { type FileCodes, type SystemError } from '../../../refusal/codes/files.ts';
import { type Sentences } from '../sentences.ts';
import { expected } from './expected.ts';

const SYSTEM: Readonly<Record<SystemError, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'a part of the path is not a folder',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left',
};

export const files: Sentences<FileCodes> = {
  'file-system': ({ error }) => SYSTEM[error],
  'plain-file': () => 'expected a file',
  'file-of-study': () => 'expected a file in the folder of the study, or below it',

  'zip-encrypted': () => 'expected no encryption',
  'zip-method': (_, { found }) => `expected a stored or deflated member, got method ${found}`,
  'zip-unpack': ({ said }) => `it cannot be unpacked: ${said}`,
  'zip-checksum': () => 'its bytes do not match their checksum',
  bytes: ({ bytes }, by) => expected(`${bytes} bytes`, by),
  'zip-missing': () => 'it is missing',
  'zip-ratio': ({ times, size, packed }) =>
    `expected at most ${times} times its size unpacked, got ${size} from ${packed} bytes`,
  'zip-members': ({ most }, by) => expected(`at most ${most} members`, by),
  'zip-folder': () => 'expected an empty folder',
  'zip-parts': () => 'it has more than one part',
  zip64: () => 'it uses ZIP64: expected an archive of at most 4 GiB',
  'zip-end': () => 'it is not a ZIP file, or its end is missing',
  'zip-name-encoding': () => 'a member has a name that is not UTF-8',
  'zip-name': (_, by) => expected('plain relative names of members', by),
  'zip-sizes': () => 'its two sizes differ',
  'zip-unpacked': ({ most }, by) => expected(`at most ${most} bytes unpacked`, by),
  'zip-name-once': ({ name }) => `expected each name once, got ${JSON.stringify(name)} again`,
  'zip-overlap': () => 'it overlaps what follows it',
  'zip-header': () => 'its header is damaged',
  'zip-header-name': ({ name }) => `its header has another name, ${JSON.stringify(name)}`,
  'archive-bytes': ({ most }, by) => expected(`a file of at most ${most} bytes`, by),
  'archive-directory': () => 'its directory is damaged',

  'results-unnamed': () => 'its results are left out: nothing in the file says what they are of',
  'results-later': () =>
    'its results are left out: they were computed by a later version of this program; please use that',
  'results-changed': () =>
    'its results are left out: its description is not the one that they were written with: it was changed by another program',
  'results-foreign-key': ({ key }) =>
    `its results are left out: they are said to be of ${key}, which is not their description`,
  'results-of-none': () => 'its results are left out: they are of no experiment of the study',
  'results-stale': () =>
    'its description is not the one that these results were computed for: it was changed by another program; they are those of the earlier description',
  'results-earlier-version': () =>
    'these results were computed by an earlier version of this program, which had errors: run it again',
  'results-unverified': () =>
    'nothing in the file says for which description these results were computed: they are shown as they are',
  'array-of-shape': ({ shape }, by) => expected(`the shape (${shape.map((extent) => extent ?? 'any').join(', ')})`, by),
  'groups-too-many': () => 'the results are left out: their groups are too many numbers to compute and compare',
  'not-of-description': () => 'it is not that of the description, which is taken in its place',
  'other-times': () => 'the results are left out: their times are not those of the description',
  'curves-without-arrays': () => 'these curves are left out: most of their arrays cannot be read',
  'curve-unfit': ({ curve }) => `${curve}: its curve is left out, its arrays are missing or do not fit`,
  'curve-impossible': ({ curve, key, value, t }) =>
    `${curve}: its curve is left out, ${key} is ${value} at t = ${t}, which it cannot be`,
  'curve-list-of-file': (_, by) => expected('a list of curves', by),

  'csv-folder': () => 'expected a folder for the CSV files; this is a file',
  'csv-in-the-way': ({ name, is }) =>
    `${name} is there already and ${is === 'no table' ? 'is no table of these curves' : 'has other curves than these'}; remove it, or write to another folder`,
  'archive-arrays': ({ most }, by) => expected(`at most ${most} arrays in one archive`, by),
  'archive-too-large': () =>
    'expected results of at most 4 GiB: export fewer experiments, runs or grid points into one archive',
  'not-a-file': ({ path }) => `${path} is not a file`,
  'file-shrank': ({ path }) => `${path} became shorter while it was read`,
  'curve-later': ({ curve }) => `${curve}: its curve is left out, it is of a later version of this program`,

  'without-results': () => 'it is left out: it has no results of its description as it is',
  'without-stale': () => 'it is left out: it was edited since its last run. Run it again',
  'without-earlier-version': () =>
    'it is left out: its results were computed by an earlier version of this program. Run it again',
  'without-unverified': () => 'it is left out: its results are of another program and not checked. Run it again',
};
