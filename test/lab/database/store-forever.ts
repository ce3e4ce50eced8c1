/** Child process of the kill test: stores runs one after the other until it is killed, and says each that is stored. */
import { openLibrary } from '../../../src/lab/database/open.ts';
import { binary, curveOf, frameOf, studyOf } from '../synthetic.ts';

const [folder, salt] = process.argv.slice(2);
const study = studyOf([{ ...binary, simulation: { engine: 'sgd', runs: 100_000, seed: 5 } }]);
const frame = frameOf(study.experiments[0]);
const library = openLibrary(folder);
const known = library.listStudies({ search: '', archived: false });
const id = known.length > 0 ? known[0].id : library.createStudy({ ...study });
const first = library.missingWork(id, study.experiments[0]).runs[0];
for (let run = first; ; run++) {
  const curve = curveOf(study.experiments[0], { kind: 'simulation', run }, { salt: Number(salt) });
  library.storeCurve(id, study.experiments[0], curve, frame);
  process.stdout.write(`${run}\n`);
}
