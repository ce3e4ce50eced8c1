/** The app's window: sandboxed, isolated, its place on the screen remembered. */
import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import { join } from 'node:path';
import { z } from 'zod';
import { type Library } from '../lab/database/library.ts';
import { APP_ORIGIN } from './ipc/trust.ts';

const MIN_WIDTH = 900;
const MIN_HEIGHT = 600;
const DEFAULT_SIZE = { width: 1280, height: 800 };
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
  const place: Partial<Rectangle> = stored.success && isOnScreen(stored.data) ? stored.data : DEFAULT_SIZE;
  const window = new BrowserWindow({
    x: place.x,
    y: place.y,
    width: place.width,
    height: place.height,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
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

/** Whether enough of a remembered place is on a screen that is there now. */
function isOnScreen(place: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width = Math.min(place.x + place.width, workArea.x + workArea.width) - Math.max(place.x, workArea.x);
    const height = Math.min(place.y + place.height, workArea.y + workArea.height) - Math.max(place.y, workArea.y);
    return width > 100 && height > 100;
  });
}
