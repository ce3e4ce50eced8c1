/** The command line: `sgdlab COMMAND …` (study-format.md). */
import { reasonOf } from '../text/reason.ts';
import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { BAD_INPUT, DONE, Exit, RUN_FAILED } from './exit.ts';
import { exportCommand, presetsCommand, reportCommand, validateCommand } from './commands.ts';
import { demoCommand } from './demo.ts';
import { readArrayCommand, type ReadArrayOptions } from './read-array.ts';
import { runCommand, type RunOptions } from './run.ts';
import { print, say, statusAfterOutput, watchStreams } from './streams.ts';

/** Runs the command line. Resolves with the exit status; output has been written. */
export async function main(args: readonly string[]): Promise<number> {
  watchStreams();
  return statusAfterOutput(await perform(args));
}

async function perform(args: readonly string[]): Promise<number> {
  let status = DONE;
  const program = new Command('sgdlab')
    .description('Exact dynamics of one-pass SGD in high dimension: theory beside simulation.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: print,
      writeErr: (text) => say(text.replace(/\n$/, '')),
      outputError: (text, write) => write(text.replace(/^error: /, 'sgdlab: ')),
    });
  const command = (usage: string, description: string) =>
    program.command(usage).description(description).exitOverride();

  command('run <study.json>', 'run every experiment of a study (- for standard input) and write its results')
    .option('--out <file.sgdlab>', 'where to write (default: beside the study)')
    .option('--workers <n>', 'worker threads (default: one per core)')
    .option('--only <ids>', 'run only these experiments, separated by commas')
    .option('--json', 'print one JSON object with the curves on stdout')
    .action(async (path: string, options: RunOptions) => void (status = await runCommand(path, options)));
  command('validate <study.json>', 'say what is wrong with a study (- for standard input), every error at once').action(
    (path: string) => {
      status = validateCommand(path);
    },
  );
  command('presets [name]', 'list the built-in studies, or print one as JSON').action((name?: string) => {
    status = presetsCommand(name);
  });
  command('report <file.sgdlab>', 'write one self-contained HTML page with the plots')
    .option('--out <report.html>', 'where to write (default: beside the results)')
    .action(async (path: string, options: { out?: string }) => void (status = await reportCommand(path, options.out)));
  command('export <file.sgdlab>', 'write the curves in another format')
    .requiredOption('--csv <folder>', 'folder for the CSV files')
    .action((path: string, options: { csv: string }) => void (status = exportCommand(path, options.csv)));
  command('read-array <file>', 'read rows of numbers from a file as the editor does, and print them as JSON')
    .requiredOption('--classes <n>', 'number of classes C')
    .requiredOption('--dimension <n>', 'dimension d')
    .option('--for <what>', 'eigenvalues, means or vectors (default: what the numbers can be)')
    .action((path: string, options: ReadArrayOptions) => void (status = readArrayCommand(path, options)));
  command('demo [folder]', 'run the preset “Spectra compared” and write its results and report').action(
    async (folder?: string) => void (status = await demoCommand(folder)),
  );

  try {
    await program.parseAsync([...args], { from: 'user' });
    return status;
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
