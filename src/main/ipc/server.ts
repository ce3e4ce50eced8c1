/** Answers the page's commands: checks who asks, parses what is asked, calls the implementation. */
import { ipcMain, type WebContents } from 'electron';
import { argumentParsers } from '../../api/arguments.ts';
import { COMMAND_CHANNEL, EVENT_CHANNEL } from '../../api/channels.ts';
import { type CommandName, type EventName, type LabCommands, type LabEvents } from '../../api/surface.ts';
import { isTrusted } from './trust.ts';

/** Implementation of the surface; every command may be asynchronous. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (
    argument: Parameters<LabCommands[Name]>[0],
  ) => ReturnType<LabCommands[Name]> | Promise<ReturnType<LabCommands[Name]>>;
};

/** Starts answering. */
export function serveCommands(handlers: CommandHandlers): void {
  ipcMain.handle(COMMAND_CHANNEL, async (event, name: unknown, argument: unknown) => {
    if (!isTrusted(event.senderFrame)) throw new Error('refused: the sender is not the lab’s own page');
    if (typeof name !== 'string' || !Object.hasOwn(argumentParsers, name))
      throw new Error(`no command ${JSON.stringify(name)}`);
    return call(handlers, name as CommandName, argument);
  });
}

function call<Name extends CommandName>(handlers: CommandHandlers, name: Name, argument: unknown) {
  const parsed = argumentParsers[name].safeParse(argument);
  if (!parsed.success) {
    const refusals = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${name}: ${refusals.join('; ')}`);
  }
  return handlers[name](parsed.data);
}

/** Tells the page something, if it is there. */
export function send<Name extends EventName>(
  page: WebContents | undefined,
  name: Name,
  payload: LabEvents[Name],
): void {
  if (page && !page.isDestroyed()) page.send(EVENT_CHANNEL, name, payload);
}
