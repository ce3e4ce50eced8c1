/** What is written from the commands of the command line: whole files, and parts of files between two marks. */
import { GLOBAL_OPTIONS, HELP, type NamedCommand } from '../../src/cli/commands.ts';
import { firstWords } from './usage.ts';
import { bashCompletion } from './bash.ts';
import { manualCommands, manualOptions, synopsis } from './manual.ts';
import { commandTable } from './table.ts';
import { zshCompletion } from './zsh.ts';

/** A file of the project and what it must be, given what it is. */
export interface Written {
  readonly path: string;
  content(present: string): string;
}

/**
 * A text with another part between two lines that hold the marks.
 * @throws Error if the marks are not there once each, in this order.
 */
export function withPart(text: string, name: string, part: string): string {
  const lines = text.split('\n');
  const at = (mark: string) => lines.flatMap((line, k) => (line.includes(`${mark}: ${name}`) ? [k] : []));
  const [begin, end] = [at('begin'), at('end')];
  if (begin.length !== 1 || end.length !== 1 || end[0] < begin[0])
    throw new Error(`expected one line "begin: ${name}" and one "end: ${name}" after it`);
  return [...lines.slice(0, begin[0] + 1), part, ...lines.slice(end[0])].join('\n');
}

/** Words after which the launcher starts the command line, as a pattern of sh. */
const launcherPattern = (tree: readonly NamedCommand[]): string => {
  const options = Object.values(GLOBAL_OPTIONS).flatMap(({ short, long }) => [long, short]);
  return `  ${[...firstWords(tree), HELP.name, ...options].join(' | ')})`;
};

export const writtenFor = (tree: readonly NamedCommand[]): readonly Written[] => [
  { path: 'packaging/linux/completion.bash', content: () => bashCompletion(tree) },
  { path: 'packaging/linux/completion.zsh', content: () => zshCompletion(tree) },
  {
    path: 'packaging/linux/sgdlab',
    content: (present) => withPart(present, 'commands', launcherPattern(tree)),
  },
  {
    path: 'packaging/linux/sgdlab.1',
    content: (present) =>
      [
        ['synopsis', synopsis(tree)],
        ['commands', manualCommands(tree)],
        ['options', manualOptions()],
      ].reduce((text, [name, part]) => withPart(text, name, part), present),
  },
  { path: 'README.md', content: (present) => withPart(present, 'commands', commandTable(tree, false)) },
  { path: 'docs/study-format.md', content: (present) => withPart(present, 'commands', commandTable(tree, true)) },
];
