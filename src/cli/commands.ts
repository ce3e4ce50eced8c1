/**
 * The commands of the command line by name: a new one is a file and a line here (docs/adding-a-cli-command.md). A file
 * is read when the command line starts; the app, which looks for the names alone, does not read it.
 */
import { type CliCommand } from './command.ts';

export type CommandFiles = Readonly<Record<string, () => Promise<{ readonly command: CliCommand }>>>;

export const cliCommands = {
  run: () => import('./commands/run.ts'),
  validate: () => import('./commands/validate.ts'),
  presets: () => import('./commands/presets.ts'),
  report: () => import('./commands/report.ts'),
  export: () => import('./commands/export.ts'),
  'read-array': () => import('./commands/read-array.ts'),
  demo: () => import('./commands/demo.ts'),
  'cluster plan': () => import('./commands/cluster/plan.ts'),
  'cluster submit': () => import('./commands/cluster/submit.ts'),
  'cluster task': () => import('./commands/cluster/task.ts'),
  'cluster status': () => import('./commands/cluster/status.ts'),
  'cluster collect': () => import('./commands/cluster/collect.ts'),
} satisfies CommandFiles;

/** What the first word of commands of two words is about. */
export const CLI_GROUPS: Readonly<Record<string, string>> = {
  cluster: 'compute a study on a cluster with Slurm',
};

/** What the command line has beside its commands. */
export const HELP = { name: 'help', argument: 'command', about: 'say how a command is used' } as const;
export const GLOBAL_OPTIONS = {
  help: { short: '-h', long: '--help', about: 'say how to use the program or one of its commands' },
  version: { short: '-V', long: '--version', about: 'print the version' },
} as const;

export interface NamedCommand {
  readonly name: string;
  readonly command: CliCommand;
}

/** All commands, in their order. */
export const commandTree = (files: CommandFiles = cliCommands): Promise<readonly NamedCommand[]> =>
  Promise.all(Object.entries(files).map(async ([name, load]) => ({ name, command: (await load()).command })));

/** Whether a first word is one of the command line: a command, or an option of its own. */
export const isCliWord = (word: string): boolean =>
  Object.keys(cliCommands).some((name) => name.split(' ')[0] === word) ||
  word === HELP.name ||
  Object.values(GLOBAL_OPTIONS).some(({ short, long }) => word === short || word === long);
