/** English words of folders for clusters. */
import { type Table } from '../table.ts';

export const cluster = {
  'cluster.label': 'On a cluster',
  'cluster.done': 'tasks: {done} of {tasks}',
  'cluster.failed.one': '{n} failed',
  'cluster.failed.many': '{n} failed',
  'cluster.damaged.one': '{n} damaged file',
  'cluster.damaged.many': '{n} damaged files',
  'cluster.copy': 'Copy the command that submits what is open',
  'cluster.forget': 'Watch this folder no more (it stays)',
  'command.planCluster': 'Plan for a cluster…',
  'command.watchCluster': 'Watch the folder of a cluster…',
} as const satisfies Table;
