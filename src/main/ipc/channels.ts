/** Channels between the preload script and the main process: one each way. */
export const COMMAND_CHANNEL = 'lab:command';
export const EVENT_CHANNEL = 'lab:event';
