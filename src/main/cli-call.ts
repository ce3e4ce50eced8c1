/** Tells a call of the command line (`sgdlab run study.json`) from a start of the app (`sgdlab`, `sgdlab file.sgdlab`). */
import { isCliWord } from '../cli/commands.ts';

/** Switches for Chromium that the launcher of the packages puts before a command (packaging/linux/sgdlab). */
const LAUNCHER_SWITCHES = ['--no-sandbox', '--no-zygote', '--log-level=3'];

/** The arguments as the user gave them. */
export function ownArguments(args: readonly string[]): string[] {
  const first = args.findIndex((arg) => !LAUNCHER_SWITCHES.includes(arg));
  return first < 0 ? [] : args.slice(first);
}

/** The first word decides. */
export function isCliCall(args: readonly string[]): boolean {
  return args.length > 0 && isCliWord(args[0]);
}

/** Study and result files among the arguments, to be opened in the window. */
export function filesToOpen(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-') && /\.(sgdlab|json)$/i.test(arg));
}
