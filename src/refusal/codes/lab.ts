/** Codes of the library, of jobs, and of commands of the page. */
import { type Nothing } from './description.ts';

export interface LabCodes {
  'no-study': Nothing;
  /** The stored revision; found is the one that was edited. */
  revision: { readonly stored: number };
  'nothing-readable': Nothing;
  /** What is stored and cannot be read; `said` is for logs and English readers. */
  damaged: { readonly what: 'curve' | 'results' | 'outcome' | 'record'; readonly said: string };
  'disk-full': Nothing;
  'library-open': { readonly path: string };
  'library-in-use': { readonly holder: { readonly pid: number; readonly host: string } | null; readonly lock: string };
  'library-newer': { readonly path: string; readonly schema: number; readonly latest: number };
  'library-foreign': { readonly path: string };
  'library-none': { readonly path: string };
  'library-unreadable': { readonly path: string; readonly said: string };
  'library-not-whole': { readonly path: string; readonly table: string; readonly said: string };
  'library-damaged': { readonly path: string; readonly said: string };
  'library-journal': { readonly path: string; readonly journal: string };
  'library-migration': {
    readonly step: number;
    readonly name: string;
    readonly said: string;
    readonly backup: string | null;
  };
  'no-text': Nothing;
  'worker-failed': { readonly said: string };
  'worker-ended': Nothing;
  'worker-late': Nothing;
  'worker-foreign': Nothing;
  'job-unfinished': Nothing;
  /** The key that was asked for; found is that of the result. */
  identity: { readonly expected: string };
  /** `value` null: beyond what a number holds. `earlier`: in an earlier run. */
  diverged: {
    readonly t: number;
    readonly quantity: string;
    readonly value: number | null;
    readonly setting: string;
    readonly set: number | string;
    readonly earlier: boolean;
  };
  'not-saved': Nothing;
  'all-queued': Nothing;
  'nothing-to-run': Nothing;
}
