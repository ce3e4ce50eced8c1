/** The command line: `sgdlab COMMAND …` (study-format.md). Its commands are commands.ts. */
import { reasonOf } from '../text/reason.ts';
import { CommanderError } from 'commander';
import { commandTree } from './commands.ts';
import { BAD_INPUT, DONE, Exit, RUN_FAILED } from './exit.ts';
import { programOf } from './program.ts';
import { print, say, statusAfterOutput, watchStreams } from './streams.ts';

/** Runs the command line. Resolves with the exit status; output has been written. */
export async function main(args: readonly string[]): Promise<number> {
  watchStreams();
  return statusAfterOutput(await perform(args));
}

async function perform(args: readonly string[]): Promise<number> {
  const { command, status } = programOf(await commandTree());
  for (const each of [command, ...command.commands])
    each.configureOutput({
      writeOut: print,
      writeErr: (text) => say(text.replace(/\n$/, '')),
      outputError: (text, write) => write(text.replace(/^error: /, 'sgdlab: ')),
    });
  try {
    await command.parseAsync([...args], { from: 'user' });
    return status();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : BAD_INPUT;
    if (error instanceof Exit) {
      say(`sgdlab: ${error.message}`);
      return error.status;
    }
    say(`sgdlab: ${reasonOf(error)}`);
    return RUN_FAILED;
  }
}
