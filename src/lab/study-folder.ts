/** A study as a folder that runs: its description, its results, its curves, and a script that makes them again. */
import { join } from 'node:path';
import { type Study } from '../core/experiment/schema.ts';
import { type ExperimentResults } from '../study/experiment-results.ts';
import { exportCsv, writeArchive } from './archive/index.ts';
import { writeFileAtomically } from './files.ts';

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

/** @param folder that is there. */
export function writeStudyFolder(folder: string, study: Study, results: readonly ExperimentResults[]): void {
  const text = (file: string, content: string) =>
    writeFileAtomically(join(folder, file), new TextEncoder().encode(content));
  text('study.json', `${JSON.stringify(study, null, 2)}\n`);
  text('README.txt', README(study.name));
  text('run.sh', RUN);
  writeArchive(join(folder, 'results.sgdlab'), study, results);
  exportCsv(join(folder, 'curves'), study, results);
}
