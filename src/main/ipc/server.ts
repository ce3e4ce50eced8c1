/** Answers the page's commands: checks who asks, parses what is asked, calls the implementation. */
import { ipcMain, type WebContents } from 'electron';
import { answerCommand } from '../../api/command.ts';
import { commands, type CommandHandlers } from '../../api/commands.ts';
import { type EventName, type LabEvents } from '../../api/events.ts';
import { COMMAND_CHANNEL, EVENT_CHANNEL } from './channels.ts';
import { isTrusted } from './trust.ts';

/** Starts answering. */
export function serveCommands(handlers: CommandHandlers): void {
  ipcMain.handle(COMMAND_CHANNEL, async (event, name: unknown, argument: unknown) => {
    if (!isTrusted(event.senderFrame)) throw new Error('refused: the sender is not the lab’s own page');
    return answerCommand(commands, handlers, name, argument);
  });
}

/** Tells the page something, if it is there. */
export function send<Name extends EventName>(
  page: WebContents | undefined,
  name: Name,
  payload: LabEvents[Name],
): void {
  if (page && !page.isDestroyed()) page.send(EVENT_CHANNEL, name, payload);
}
