/** The app's window: sandboxed, isolated, its place on the screen remembered. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { join } from 'node:path';
import { z } from 'zod';
import { type Library } from '../lab/database/library.ts';
import { leastSize, placeWithin } from './window-place.ts';
import { APP_ORIGIN } from './ipc/trust.ts';

const WINDOW_KEY = 'window';
/** Backgrounds of the page, so that it does not flash before it is drawn. */
const BACKGROUND = { light: '#fbfbfc', dark: '#14161a' };

const storedState = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  maximized: z.boolean(),
});

/** Opens the window and shows the page. */
export function createWindow(library: () => Library): BrowserWindow {
  const stored = storedState.safeParse(library().recall(WINDOW_KEY));
  const areas = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()].map(({ workArea }) => workArea);
  const place = placeWithin(stored.success ? stored.data : null, areas);
  const least = leastSize(areas);
  const window = new BrowserWindow({
    x: place.x,
    y: place.y,
    width: place.width,
    height: place.height,
    minWidth: least.width,
    minHeight: least.height,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(import.meta.dirname, '..', 'preload', 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (stored.success && stored.data.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    try {
      library().remember(WINDOW_KEY, { ...window.getNormalBounds(), maximized: window.isMaximized() });
    } catch {
      // a library that cannot be written does not keep the window from closing
    }
  });
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}
