/** Entry of the app. With a command of the command line among the arguments it is the command line, without a window. */
import { app } from 'electron';
import { isCliCall, ownArguments } from './cli-call.ts';
import { refusedSwitches } from './switches.ts';

const args = ownArguments(process.argv.slice(app.isPackaged ? 1 : 2));

const refused = refusedSwitches();

if (refused.length > 0) {
  // before Chromium looks at them
  process.stderr.write(`sgdlab: refused: ${refused.map((name) => `--${name}`).join(', ')}\n`);
  app.exit(2);
} else if (isCliCall(args)) {
  // Awaited at the top: Electron looks for a display only when this module is done, and then it has exited.
  const { main } = await import('../cli/index.ts');
  const status = await main(args);
  app.exit(status);
} else {
  // not awaited: the ready event would wait for this module
  void import('./app.ts').then(({ startApp }) => startApp(args));
}
