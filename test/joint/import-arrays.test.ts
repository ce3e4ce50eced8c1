/** Studies of other programs as the app imports them: with the arrays that they name, in their encoding. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { inEnglish } from '../refusals.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lab } from '../../src/renderer/lab.ts';
import { useRealLab, type RealLab } from './real-lab.ts';

const fixtures = `${process.cwd()}/test/fixtures/arrays/`;
const held = JSON.parse(readFileSync(`${fixtures}data.json`, 'utf8')) as Record<string, number[][]>;
let real: RealLab;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-import-'));
  real = useRealLab();
});
afterEach(async () => {
  await real.remove();
  rmSync(folder, { recursive: true, force: true });
});

const text = (eigenvalues: unknown) =>
  JSON.stringify({
    format: 'sgdlab-study',
    version: 1,
    name: 'Größe',
    experiments: [
      {
        id: 'given',
        model: {
          dimension: 64,
          priors: [0.5, 0.5],
          spectrum: { kind: 'custom', eigenvalues },
          means: { arrangement: { kind: 'opposite' }, profile: { kind: 'flat' } },
        },
        loss: { kind: 'logistic' },
        optimizer: { schedule: { kind: 'constant', rate: 0.5 } },
        horizon: 2,
      },
    ],
  });

function file(content: string | Uint8Array): string {
  const path = join(folder, 'study.json');
  writeFileSync(path, content);
  return path;
}

it('the library holds the numbers of a named file, and what was changed on the way is said', async () => {
  const said: string[] = [];
  lab().on('trouble', ({ message }) => void said.push(message));
  copyFileSync(`${fixtures}eigenvalues-roundoff.csv`, join(folder, 'k.csv'));
  const path = file(text({ file: 'k.csv' }));
  const answer = await lab().importStudies({ paths: [path] });
  if (!answer?.ok) throw new Error(JSON.stringify(answer));
  const opened = real.lab.library.openStudy(answer.value[0]);
  expect(opened.ok && opened.value.draft.experiments[0].model).toMatchObject({
    spectrum: { eigenvalues: held['eigenvalues-roundoff.csv'].map((row) => row.map((entry) => Math.max(0, entry))) },
  });
  expect(said).toEqual([
    `${path}: experiments[0].model.spectrum.eigenvalues: k.csv: 10 negative entries of the size of rounding count as 0`,
  ]);
});

it('a study in Latin-1 is refused with the place of the byte, one in UTF-16 keeps its letters', async () => {
  const plain = text([Array(64).fill(1), Array(64).fill(2)]);
  const path = file(Buffer.from(plain, 'latin1'));
  const answer = await lab().importStudies({ paths: [path] });
  expect(inEnglish(!answer || answer.ok ? [] : answer.refusals)).toEqual([
    {
      path,
      message: `byte ${plain.indexOf('ö') + 1} (line 1): expected UTF-8 text, got the byte 0xF6; save it as UTF-8`,
    },
  ]);
  await lab().importStudies({ paths: [file(Buffer.from(`\ufeff${plain}`, 'utf16le'))] });
  expect(real.lab.library.listStudies({ search: '', archived: false }).map(({ name }) => name)).toEqual(['Größe']);
});
