/** Child process of the kill test: writes results, tables and a report over and over until it is killed. */
import { join } from 'node:path';
import { exportCsv, provenanceOf, writeArchive } from '../../src/lab/archive/index.ts';
import { writeFileAtomically } from '../../src/lab/files.ts';
import { renderReport } from '../../src/lab/report/index.ts';
import { texts } from '../../src/text/texts.ts';
import { binary, resultsFor, studyOf } from './synthetic.ts';

const [folder] = process.argv.slice(2);
const study = studyOf([{ ...binary, simulation: { engine: 'sgd', runs: 150, seed: 5 } }]);
const all = [1, 2].map((salt) => [resultsFor(study.experiments[0], salt)]);
const few = all.map(([each]) => [{ ...each, curves: each.curves.slice(0, 4) }]);
const pages = few.map((results) =>
  Buffer.from(renderReport(texts('en'), results, study, provenanceOf(study, results))),
);
process.stdout.write('ready\n');
for (let k = 0; ; k = 1 - k) {
  writeArchive(join(folder, 'r.sgdlab'), study, all[k]);
  exportCsv(join(folder, 'tables'), study, few[0]);
  writeFileAtomically(join(folder, 'report.html'), pages[k]);
}
