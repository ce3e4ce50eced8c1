/** What the library and commands of the page refuse, in English. */
import { type LabCodes } from '../../../refusal/codes/lab.ts';
import { type Sentences } from '../sentences.ts';
import { expected } from './expected.ts';

const DAMAGED = {
  curve: 'the stored curve is damaged: ',
  results: 'the stored results are damaged: ',
  outcome: 'the stored outcome is damaged: ',
  record: '',
} as const;

export const lab: Sentences<LabCodes> = {
  'no-study': () => 'there is no such study in the library',
  revision: ({ stored }, by) =>
    `${expected(`${stored}, the stored revision`, by)}: the study was saved elsewhere in between`,
  'nothing-readable': () => 'nothing of this study can be read',
  damaged: ({ what, said }) => `${DAMAGED[what]}${said}`,
  'disk-full': () => 'The disk is full',
  'library-open': ({ path }) =>
    `Another program has the library open: close ${path} there (if none has, remove ${path}-shm)`,
  'library-in-use': ({ holder, lock }) =>
    `The study library is in use by ${holder ? `process ${holder.pid} on ${holder.host}` : 'another process'}. Close that window first; if nothing runs there, remove ${lock}.`,
  'library-newer': ({ path, schema, latest }) =>
    `${path} was written by a later version of this program (schema ${schema}; this version reads up to ${latest}). It was not touched. Please use the later version.`,
  'library-foreign': ({ path }) => `${path} is a database of another program.`,
  'library-none': ({ path }) => `${path} is not a study library: it does not begin as an SQLite database.`,
  'library-unreadable': ({ path, said }) => `${path} cannot be read: ${said}`,
  'library-not-whole': ({ path, table, said }) =>
    `The library ${path} is damaged: a part of its ${table} cannot be read (${said}). The file was not changed`,
  'library-damaged': ({ path, said }) => `Another program has damaged the library ${path}: ${said}`,
  'library-journal': ({ path, journal }) =>
    `${journal} is left from another program that was writing to the library. Open ${path} once with the sqlite3 program (it undoes the unfinished change), then start again.`,
  'library-migration': ({ step, name, said, backup }) =>
    `Upgrading the study library failed at step ${step} (${name}) and was undone: ${said}.${backup === null ? '' : ` A copy from before is in ${backup}.`}`,
  'no-text': () => 'the library has no text of this study',
  'worker-failed': ({ said }) => `the worker thread failed: ${said}`,
  'worker-ended': () => 'the worker thread ended unexpectedly',
  'worker-late': () => 'the worker thread did not start',
  'worker-foreign': () => 'the worker thread is not of this program',
  'job-unfinished': () => 'the job did not finish',
  identity: ({ expected: asked }, { found }) =>
    `this result is not of the work that was asked for, and was not kept (expected ${asked}, got ${found})`,
  diverged: ({ t, quantity, value, setting, set, earlier }) => {
    const size = value === null ? `${quantity} overflowed` : `${quantity} = ${Number(value.toPrecision(4))}`;
    return `diverged at t = ${Number(t.toPrecision(4))}: ${size}, from ${setting} = ${set}${earlier ? ', in an earlier run' : ''}`;
  },
  'not-saved': () => 'not run: what is shown of it is not saved',
  'all-queued': () => 'nothing more to run: what is missing is being computed',
  'nothing-to-run': () => 'nothing to run: every curve that the study asks for is there',
};
