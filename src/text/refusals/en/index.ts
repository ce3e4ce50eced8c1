/** Refusals in English. */
import { type RefusalSentences } from '../sentences.ts';
import { arrays, arrayWords } from './arrays.ts';
import { cluster } from './cluster.ts';
import { conditions, description } from './description.ts';
import { ranges } from './expected.ts';
import { files } from './files.ts';
import { formula } from './formula.ts';
import { lab } from './lab.ts';
import { study } from './study.ts';

export const english: RefusalSentences = {
  ranges,
  conditions,
  arrays: arrayWords,
  sentences: {
    ...arrays,
    ...cluster,
    ...description,
    ...files,
    ...formula,
    ...lab,
    ...study,
    'in-array': ({ file, place, why, remedy }, { say, array }) =>
      [file, place && array.place(place), remedy ? `${say(why)}; ${array.remedy(remedy)}` : say(why)]
        .filter((part) => part !== null)
        .join(': '),
    'array-notice': ({ file, notice }, { array }) =>
      [file, array.notice(notice)].filter((part) => part !== null).join(': '),
    'of-file': ({ file, why }, { say }) => `${file}: ${say(why)}`,
    'library-unwritable': ({ why }, { say }) => `The library cannot be written: ${say(why)}`,
    'library-lost': ({ path, why }, { say }) =>
      `The file of the library was removed and cannot be written again to ${path}: ${say(why)}`,
    'library-copied': ({ copy, why }, { say }) => `${say(why)}. A copy was kept: ${copy}`,
    unreadable: ({ why }, { lines }) => `it cannot be read: ${lines(why)}`,
    'unreadable-records': ({ why }, { lines }) => `outcomes and reports cannot be read: ${lines(why)}`,
    'unreadable-description': ({ why }, { lines }) =>
      `its results are left out: the description that they were computed for cannot be read: ${lines(why)}`,
    'left-out': ({ within, why }, { say }) => `it is left out: ${within === '' ? '' : `${within}: `}${say(why)}`,
    'at-point': ({ why, point }, { say }) => `${say(why)} (at ${point})`,
  },
  found: (found) => (found.kind === 'nothing' ? 'nothing' : `a list of ${found.length}`),
};
