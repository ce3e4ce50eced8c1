/** The study as a folder that runs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeExported } from '../../src/lab/exported-study.ts';
import { saveFolder } from '../../src/main/save-folder.ts';
import { type Laboratory } from '../../src/main/laboratory.ts';
import { binary, resultsFor, studyOf } from '../lab/synthetic.ts';
import { newFolder } from '../lab/database/folder.ts';

/** Its script with programs in place of sgdlab and python3 that say how they were called. */
function ranIn(folder: string, status: number): { calls: string; status: number } {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const log = join(folder, 'calls');
  writeFileSync(
    join(bin, 'sgdlab'),
    `#!/bin/sh\necho "sgdlab $1" >> "${log}"\n[ "$1" = run ] && exit ${status} || exit 0\n`,
    { mode: 0o755 },
  );
  writeFileSync(join(bin, 'python3'), `#!/bin/sh\necho "python3 $1" >> "${log}"\n`, { mode: 0o755 });
  let ended = 0;
  try {
    execFileSync('sh', [join(folder, 'run.sh')], { env: { PATH: `${bin}:/usr/bin:/bin` } });
  } catch (error) {
    ended = (error as { status: number }).status;
  }
  return { calls: readFileSync(log, 'utf8'), status: ended };
}

it('its script goes on where something diverged, and stops where the study cannot be run', async () => {
  const study = studyOf([binary], 'A study');
  const results = study.experiments.map((experiment) => resultsFor(experiment, 1));
  const exportable = { study, results, older: new Map(), left: [], damage: [], order: study.experiments };
  const lab = {
    library: { exportable: () => ({ ok: true, value: exportable }) },
    writeExported: (of: typeof exportable, format: 'folder', target: string) =>
      writeExported({ exportable: of, format, target, language: 'en' }),
  } as unknown as Laboratory;
  const files = [{ path: 'figures/risk/load.py', bytes: new Uint8Array() }];
  const made = async () => {
    const answer = await saveFolder(lab, newFolder(), 'A study', files, 's');
    if (!answer.ok) throw new Error('refused');
    return answer.value.path;
  };
  const all = 'sgdlab run\nsgdlab export\npython3 figures/risk/load.py\n';
  expect(ranIn(await made(), 0)).toEqual({ calls: all, status: 0 });
  expect(ranIn(await made(), 3)).toEqual({ calls: all, status: 0 });
  expect(ranIn(await made(), 2)).toMatchObject({ calls: 'sgdlab run\n', status: 1 });
});
