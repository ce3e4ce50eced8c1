/**
 * Exposes the IPC surface to the page as `window.lab`: one channel per direction, nothing of Electron itself. It also
 * keeps the page where it is: of navigations to about: pages the main process is told only when they are done.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { commandFunctions } from './ipc/bridge.ts';
import { COMMAND_CHANNEL, EVENT_CHANNEL } from './ipc/channels.ts';
import { isOwnPage } from './ipc/trust.ts';

/** The names of the table api/commands.ts, written here by the build (electron.vite.config.ts). */
declare const COMMAND_NAMES: readonly string[];

window.navigation.addEventListener('navigate', (event) => {
  const { url, sameDocument } = event.destination;
  if (!sameDocument && !isOwnPage(url)) event.preventDefault();
});

// the content policy keeps it from sending; made at all, it asks the system for a route to a public address
contextBridge.executeInMainWorld({
  func: () => {
    for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection']) Reflect.deleteProperty(window, name);
  },
});

const listeners = new Map<string, Set<(payload: unknown) => void>>();
ipcRenderer.on(EVENT_CHANNEL, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload);
});

contextBridge.exposeInMainWorld('lab', {
  ...commandFunctions(COMMAND_NAMES, (name, argument) => ipcRenderer.invoke(COMMAND_CHANNEL, name, argument)),
  on(name: string, listener: (payload: unknown) => void) {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => void set.delete(listener);
  },
  pathOf: (file: File) => webUtils.getPathForFile(file),
});
