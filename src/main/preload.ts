/**
 * Exposes the IPC surface to the page as `window.lab`: one channel per direction, nothing of Electron itself. It also
 * keeps the page where it is: of navigations to about: pages the main process is told only when they are done.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { COMMAND_CHANNEL, COMMAND_NAMES, EVENT_CHANNEL } from '../api/channels.ts';
import { isOwnPage } from './ipc/trust.ts';

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

const commands = Object.fromEntries(
  COMMAND_NAMES.map((name) => [name, (argument: unknown) => ipcRenderer.invoke(COMMAND_CHANNEL, name, argument)]),
);

contextBridge.exposeInMainWorld('lab', {
  ...commands,
  on(name: string, listener: (payload: unknown) => void) {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => void set.delete(listener);
  },
  pathOf: (file: File) => webUtils.getPathForFile(file),
});
