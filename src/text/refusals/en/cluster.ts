/** What is refused of plans for clusters, in English. */
import { type ClusterCodes } from '../../../refusal/codes/cluster.ts';
import { type Sentences } from '../sentences.ts';
import { expected } from './expected.ts';

export const cluster: Sentences<ClusterCodes> = {
  'cluster-none': () => 'there is no plan; "sgdlab cluster plan" makes one',
  'cluster-planned': () =>
    'a plan of another study, or of another number of tasks, is there already and is not changed; plan into another folder',
  'cluster-plan-damaged': () => 'the plan is damaged; plan again into another folder',
  'cluster-plan-version': ({ app }, { found }) =>
    `it was planned by version ${found}, whose results are not those of version ${app}; plan again into another folder`,
  'cluster-not-of-study': () => 'no experiment of this plan is one of the study',
  'cluster-study': () => 'this is not the study that was planned; plan again into another folder',
  'cluster-task': ({ most }, by) => expected(`the number of a task from 0 to ${most}`, by),
  'cluster-cut': () => 'the file is cut off',
  'cluster-checksum': () => 'the file does not match its checksum',
  'cluster-foreign': () => 'the file is not of this program',
  'cluster-other': () => 'the file is of another plan or task',
};
