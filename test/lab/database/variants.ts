/** Damaged copies of a library's file, and what is still told truly of each. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LibraryError } from '../../../src/lab/database/errors.ts';
import { openLibrary } from '../../../src/lab/database/open.ts';
import { salvage } from '../../../src/lab/database/salvage.ts';
import { type Library } from '../../../src/lab/database/library.ts';
import { type ExperimentDraft } from '../../../src/api/types.ts';
import { binary, powerLaw, resultsFor, studyOf } from '../synthetic.ts';

const study = studyOf([binary, powerLaw], 'Alpha');
const IDS = ['one', 'two', 'three'];
const NAMES = ['Alpha', 'Beta', 'Gamma'];

/** Makes a library of three studies with results in a folder, and closes it. */
export function makeLibrary(folder: string): void {
  const ids = [...IDS];
  const library = openLibrary(folder, { now: () => 1_000_000, newId: () => ids.shift() ?? 'four' });
  const results = study.experiments.map((experiment) => resultsFor(experiment));
  for (const name of NAMES) library.importStudy({ ...study, name, notes: `${name} notes` }, results, ['tag']);
  library.close();
}

/** What the app shows of a study; `damaged` where it says that something of it is. */
function shownOf(library: Library, id: string): string {
  const listed = [false, true].flatMap((archived) => library.listStudies({ search: '', archived }));
  const row = listed.find((each) => each.id === id);
  if (!row || row.damage !== null) return 'damaged';
  const opened = library.openStudy(id);
  if (!opened.ok) return 'damaged';
  const { draft, summary, status } = opened.value;
  const results = draft.experiments.map((experiment: ExperimentDraft) => library.results(id, experiment));
  if (results.some(({ refusals }) => refusals.length > 0) || status.some(({ troubles }) => troubles.length > 0))
    return 'damaged';
  const missing = study.experiments.map((experiment) => library.missingWork(id, experiment));
  // what counts as missing is computed again: that is said too
  if (missing.some(({ theory, runs }) => theory.length + runs.length > 0)) return 'damaged';
  const numbers = results.map(({ results: found }) =>
    found
      ? [
          found.frame.layout.fields,
          ...found.curves.map(({ source, outcome, report, rows }) => [
            source,
            outcome,
            report,
            Buffer.from(rows.buffer).toString('base64'),
          ]),
        ]
      : null,
  );
  return JSON.stringify([
    draft,
    summary.name,
    summary.tags,
    summary.excerpt,
    summary.curves,
    summary.experiments,
    numbers,
  ]);
}

export interface Told {
  /** As it is; after salvage, because SQLite cannot read all of its tables; or not at all. */
  readonly opens: 'as it is' | 'salvaged';
  /** Studies that are shown as they are. */
  readonly sound: number;
  /** That are said to be damaged, or lost. */
  readonly damaged: number;
  /** That are shown otherwise than they are without a word. */
  readonly false: readonly string[];
}

/** What is told of the library with its file changed. */
export function toldOf(original: string, folder: string, change: (bytes: Buffer) => void): Told {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const truth = truthOf(original);
  const bytes = readFileSync(join(original, 'library.sqlite'));
  change(bytes);
  writeFileSync(join(folder, 'library.sqlite'), bytes);
  let opens: Told['opens'] = 'as it is';
  let untold = 0;
  let library: Library;
  try {
    library = openLibrary(folder);
  } catch (error) {
    if (!(error instanceof LibraryError)) throw error;
    const { aside, ...salvaged } = salvage(folder);
    untold = salvaged.untold;
    if (!readFileSync(aside).equals(bytes)) throw new Error('the damaged file was changed', { cause: error });
    opens = 'salvaged';
    library = openLibrary(folder);
  }
  try {
    library.settings();
    const listed = library.listStudies({ search: '', archived: false });
    const shown = NAMES.map((name, k) =>
      shownOf(library, opens === 'salvaged' ? (listed.find((each) => each.name === name)?.id ?? '') : IDS[k]),
    );
    library.createStudy({ name: 'New', notes: '', experiments: [] });
    return {
      opens,
      sound: shown.filter((each, k) => each === truth[k]).length,
      damaged: shown.filter((each) => each === 'damaged').length,
      // without their tags, which is said
      false: shown.filter((each, k) => each !== truth[k] && each !== 'damaged').slice(untold),
    };
  } finally {
    library.close();
  }
}

const known = new Map<string, string[]>();
function truthOf(original: string): string[] {
  const found = known.get(original);
  if (found) return found;
  const copy = `${original}-truth`;
  mkdirSync(copy);
  copyFileSync(join(original, 'library.sqlite'), join(copy, 'library.sqlite'));
  const library = openLibrary(copy, { now: () => 2_000_000 });
  const truth = IDS.map((id) => shownOf(library, id));
  library.close();
  rmSync(copy, { recursive: true });
  known.set(original, truth);
  return truth;
}
