/** The commands as commander has them: reading of the arguments, and `--help`. */
import { Command } from 'commander';
import { version } from '../../package.json';
import { type CliOption, unmarked } from './command.ts';
import { CLI_GROUPS, GLOBAL_OPTIONS, HELP, type NamedCommand } from './commands.ts';
import { DONE } from './exit.ts';

export interface Program {
  readonly command: Command;
  /** Exit status of the command that ran. */
  status(): number;
}

const flags = ({ short, long }: { short: string; long: string }): string => `${short}, ${long}`;

/** The program of a tree of commands; it throws where commander would exit. */
export function programOf(tree: readonly NamedCommand[]): Program {
  let status = DONE;
  const { help, version: versionOption } = GLOBAL_OPTIONS;
  const program = new Command('sgdlab')
    .description('Exact dynamics of one-pass SGD in high dimension: theory beside simulation.')
    .version(version, flags(versionOption), versionOption.about)
    .helpOption(flags(help), help.about)
    .helpCommand(`${HELP.name} [${HELP.argument}]`, HELP.about)
    .exitOverride();
  for (const { name, command } of tree) {
    const { about, options } = command;
    const places = command.arguments.map((each) => (each.required ? `<${each.name}>` : `[${each.name}]`));
    const [first, second] = name.split(' ');
    const parent = second === undefined ? program : groupOf(program, first);
    const made = parent
      .command([second ?? first, ...places].join(' '))
      .description(unmarked(about))
      .helpOption(flags(help), help.about)
      .exitOverride();
    for (const [option, description] of Object.entries(options)) {
      const spelled = usageOf(option, description);
      const words = unmarked(description.about);
      if (description.required) made.requiredOption(spelled, words);
      else made.option(spelled, words);
    }
    made.action(async (...given: unknown[]) => {
      const count = command.arguments.length;
      // commander has seen to it that required arguments are there
      status = await command.run(given.slice(0, count) as string[], given[count] as Record<string, never>);
    });
  }
  return { command: program, status: () => status };
}

const usageOf = (name: string, { value }: CliOption): string =>
  value === undefined ? `--${name}` : `--${name} <${value}>`;

/** The command that holds others: `cluster` of `cluster plan`. */
function groupOf(program: Command, name: string): Command {
  const { help } = GLOBAL_OPTIONS;
  return (
    program.commands.find((each) => each.name() === name) ??
    program
      .command(name)
      .description(CLI_GROUPS[name])
      .helpOption(flags(help), help.about)
      .helpCommand(false)
      .exitOverride()
  );
}
