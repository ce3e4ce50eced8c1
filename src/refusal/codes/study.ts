/** Codes of a study as a whole (src/study). */
import { type Nothing } from './description.ts';

export interface StudyCodes {
  'study-characters': { readonly most: number };
  'study-object': Nothing;
  'study-format': Nothing;
  'study-version': Nothing;
  'experiment-list': Nothing;
  /** An id of a sweep that is not the sweep's experiment; `made`: the sweep makes another one there. */
  'sweep-stranger': { readonly sweep: string; readonly made: boolean };
  'repeated-id': { readonly first: number };
}
