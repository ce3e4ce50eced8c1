/** Entry of the app. With a command of the command line among the arguments it is the command line, without a window. */
import { app } from 'electron';
import { isCliCall } from './cli-call.ts';

const args = process.argv.slice(app.isPackaged ? 1 : 2);

if (isCliCall(args)) {
  // not `await` at the top: the ready event would wait for this module
  void import('../cli/index.ts')
    .then(({ main }) => main(args))
    .then((status) => process.stdout.write('', () => app.exit(status)));
} else {
  void import('./app.ts').then(({ startApp }) => startApp(args));
}
