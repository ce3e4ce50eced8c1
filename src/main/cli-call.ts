/** Tells a call of the command line (`sgdlab run study.json`) from a start of the app (`sgdlab`, `sgdlab file.sgdlab`). */
const COMMANDS = ['run', 'validate', 'presets', 'report', 'export', 'demo', 'help', '--help', '-h', '--version', '-V'];

/** Arguments without Chromium's switches decide by the first word. */
export function isCliCall(args: readonly string[]): boolean {
  return args.length > 0 && COMMANDS.includes(args[0]);
}

/** Study and result files among the arguments, to be opened in the window. */
export function filesToOpen(args: readonly string[]): string[] {
  return args.filter((arg) => !arg.startsWith('-') && /\.(sgdlab|json)$/i.test(arg));
}
