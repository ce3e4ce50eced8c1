/** Codes of plans for clusters, and of the result files of their tasks. */
import { type Nothing } from './description.ts';

export interface ClusterCodes {
  /** Nothing to read there. */
  'cluster-none': Nothing;
  /** A plan of another study, or of another number of tasks, is there. */
  'cluster-planned': Nothing;
  'cluster-plan-damaged': Nothing;
  /** The version of this program; found is that of the plan's. */
  'cluster-plan-version': { readonly app: string };
  /** The study is not the one that was planned. */
  'cluster-study': Nothing;
  /** No experiment of the plan is one of the study. */
  'cluster-not-of-study': Nothing;
  /** Tasks are numbered from 0 to this. */
  'cluster-task': { readonly most: number };
  'cluster-cut': Nothing;
  'cluster-checksum': Nothing;
  'cluster-foreign': Nothing;
  /** Whole, but of another plan or task. */
  'cluster-other': Nothing;
}
