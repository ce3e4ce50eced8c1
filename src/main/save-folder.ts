/** Files that the page made, as a new folder; with a study, all that is needed to compute and draw it again. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Answer, type Exported, type StudyId } from '../api/types.ts';
import { exportCsv, writeArchive } from '../lab/archive/index.ts';
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

const RUN = `#!/bin/sh
# Computes what is missing of the study, writes its curves as CSV and draws every figure with Matplotlib.
# SGDLAB is the command line of SGD Dynamics Lab; python3 needs numpy and matplotlib.
set -e
cd "$(dirname "$0")"
SGDLAB=\${SGDLAB:-sgdlab}
# status 3: something diverged, and the rest is there
$SGDLAB run study.json --out results.sgdlab || [ $? -eq 3 ]
$SGDLAB export results.sgdlab --csv curves
for script in figures/*/load.py; do
  if [ -e "$script" ]; then python3 "$script"; fi
done
`;

const README = (name: string): string => `${name}

study.json        the study: every setting (import it into SGD Dynamics Lab, or: sgdlab run study.json)
results.sgdlab    the study with its results (opens in SGD Dynamics Lab, and with numpy.load)
curves/           every curve as CSV
figures/          each figure as it was shown: PDF, SVG, its numbers (figure.npz, figure.csv), load.py draws it again
run.sh            computes what is missing and draws the figures
`;

/**
 * Writes the files into a new folder of that name inside `parent`: `NAME-2` and so on where there is one already.
 * @param study whose description and results are written too; null for the files alone.
 */
export function saveFolder(
  lab: Laboratory,
  parent: string,
  name: string,
  files: readonly FolderFile[],
  study: StudyId | null,
): Answer<Exported> {
  const folder = freeFolder(join(parent, fileName(name)));
  try {
    makeFolder(folder);
    const left = study === null ? { ok: true as const, value: [] } : writeStudy(lab, folder, name, study);
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

function writeStudy(lab: Laboratory, folder: string, name: string, id: StudyId): Answer<Exported['left']> {
  const exportable = lab.library.exportable(id);
  if (!exportable.ok) return exportable;
  const { study, results, older, left, damage } = exportable.value;
  const text = (file: string, content: string) =>
    writeFileAtomically(join(folder, file), new TextEncoder().encode(content));
  text('study.json', `${JSON.stringify(study, null, 2)}\n`);
  text('README.txt', README(name));
  text('run.sh', RUN);
  writeArchive(join(folder, 'results.sgdlab'), study, results);
  exportCsv(join(folder, 'curves'), study, results);
  return { ok: true, value: [...left, ...withoutResults(study.experiments, results, older), ...damage] };
}
