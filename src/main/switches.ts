/** Switches of Chromium and Node: those that the app sets, and those that the installed app does not take. */
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../core/description/json.ts';

/** Nothing of Chromium's own (dictionaries, updates of components, proxies found by name) reaches the network. */
const OFFLINE: Readonly<Record<string, string>> = {
  // whatever asks for a host finds none, and nothing looks whether there is a network
  'host-resolver-rules': 'MAP * ~NOTFOUND',
  'no-proxy-server': '',
  'disable-background-networking': '',
  'disable-component-update': '',
  'disable-domain-reliability': '',
  'no-pings': '',
};

/** Must be called before the app is ready. */
export function keepOffline(): void {
  for (const [name, value] of Object.entries(OFFLINE)) app.commandLine.appendSwitch(name, value);
}

/** Through these, another program reads and drives the page or the main process. */
const DEBUGGING = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-io-pipes',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'inspect-brk-node',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'debug-port',
  'auto-open-devtools-for-tabs',
  'disable-web-security',
];

/**
 * Switches of this start that the installed app refuses. In a checkout, and in the package that is built for the tests
 * (scripts/dist/stage.mjs), none are: tests drive the app through them.
 */
export function refusedSwitches(): string[] {
  if (!app.isPackaged) return [];
  const found = DEBUGGING.filter((name) => app.commandLine.hasSwitch(name));
  return found.length > 0 && !isBuiltForTests() ? found : [];
}

function isBuiltForTests(): boolean {
  const manifest = parseJson(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'));
  return z.object({ builtForTests: z.literal(true) }).safeParse(manifest).success;
}
