/** Starts the real app for the end-to-end tests, with a library folder of its own. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConsoleMessage, _electron, type ElectronApplication, type Page } from 'playwright-core';
import { root } from '../../scripts/ensure-build.mjs';

export interface RunningApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Complaints of the page: errors, warnings of the content policy. Must stay empty. */
  readonly complaints: string[];
}

/** Path of the Electron executable under test. */
export function electronPath(): string {
  return createRequire(import.meta.url)('electron') as string;
}

/** A folder for a library, and its removal. */
export function libraryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'sgdlab-e2e-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * @param environment over that of the test; undefined takes a variable away.
 * @param executable instead of Electron's own: a script that starts it.
 */
export async function startApp(
  folder: string,
  args: readonly string[] = [],
  environment: Readonly<Record<string, string | undefined>> = {},
  executable = electronPath(),
): Promise<RunningApp> {
  const all = { ...process.env, SGDLAB_DATA: folder, ...environment };
  const app = await _electron.launch({
    executablePath: executable,
    args: [root, ...args],
    env: Object.fromEntries(
      Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // a Chromium that does not know this directive of the policy says so, at a moment of its own
    const unknown = message.text().includes("Unrecognized Content-Security-Policy directive 'webrtc'");
    if (['error', 'warning'].includes(message.type()) && !unknown) complaints.push(`${message.text()}${at(message)}`);
  });
  await page.getByTestId('library').waitFor();
  return { app, page, complaints };
}

/** Where the page complained, if it says. */
const at = (message: ConsoleMessage): string => {
  const { url, lineNumber } = message.location();
  return url === '' ? '' : ` (${url.slice(0, 300)}, line ${lineNumber})`;
};

/** Makes a study of a preset: its card is folded away where there are studies. */
export async function openPreset(page: Page, name: string): Promise<void> {
  const card = page.getByTestId(`preset-${name}`);
  const fold = page.getByTestId('presets-fold');
  await card.or(fold).first().waitFor();
  if (!(await card.isVisible())) await fold.click();
  await card.click();
}

/** Answers the next file dialogs with these paths, as a user would choose them. */
export async function answerDialogs(
  app: ElectronApplication,
  paths: { save?: string; open?: string[] },
): Promise<void> {
  await app.evaluate(({ dialog }, { save, open }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: save === undefined, filePath: save ?? '' });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: open === undefined, filePaths: open ?? [] });
    dialog.showMessageBoxSync = () => 1;
  }, paths);
}

/** Every array of an archive as Python sees it: name → [shape, SHA-256 of the bytes]. */
export function archiveDigest(path: string): Record<string, unknown> {
  const program = `
import hashlib, json, sys, numpy
with numpy.load(sys.argv[1]) as z:
    print(json.dumps({k: [list(z[k].shape), hashlib.sha256(z[k].tobytes()).hexdigest()] for k in z.files if not k.endswith('.json')}))`;
  return JSON.parse(execFileSync('python3', ['-c', program, path], { encoding: 'utf8' })) as Record<string, unknown>;
}
