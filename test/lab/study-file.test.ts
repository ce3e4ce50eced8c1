import { mkdirSync, writeFileSync } from 'node:fs';
import { englishLine } from '../../src/text/refusals/index.ts';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { studyOfBytes } from '../../src/lab/study-file.ts';
import { newFolder } from './database/folder.ts';
import { powerLaw } from './synthetic.ts';

const naming = (file: string) =>
  Buffer.from(
    JSON.stringify({
      format: 'sgdlab-study',
      version: 1,
      experiments: [
        {
          ...powerLaw,
          model: { ...powerLaw.model, dimension: 2, spectrum: { kind: 'custom', eigenvalues: { file } } },
        },
      ],
    }),
  );

describe('a study that names a file of numbers', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = newFolder();
    folder = join(root, 'study');
    mkdirSync(join(folder, 'data'), { recursive: true });
    for (const path of [join(folder, 'data', 'k.csv'), join(root, 'k.csv')]) writeFileSync(path, '2,1\n3,1\n');
  });

  it('has its numbers, wherever it lies for the command line', () => {
    for (const name of ['data/k.csv', '../k.csv', join(root, 'k.csv')]) {
      const { result } = studyOfBytes(naming(name), folder);
      expect(result.ok && result.value.experiments[0].model.spectrum).toEqual({
        kind: 'custom',
        eigenvalues: [
          [2, 1],
          [3, 1],
        ],
      });
    }
  });

  it('and comes from elsewhere may name those below its own folder only', () => {
    expect(studyOfBytes(naming('data/k.csv'), folder, true).result.ok).toBe(true);
    for (const name of ['../k.csv', join(root, 'k.csv')]) {
      const { result } = studyOfBytes(naming(name), folder, true);
      expect(!result.ok && englishLine(result.refusals[0])).toContain('in the folder of the study');
    }
  });
});
