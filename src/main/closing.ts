/**
 * Closing the window: the page saves first, and asks what to do with what it cannot save. A page that does not answer
 * does not hold the window; what it could not save is kept (kept-drafts.ts).
 */
import { type BrowserWindow } from 'electron';

const ANSWER_MS = 5000;

export interface Closing {
  /** What the page says: it asks its user, may be left, or stays. */
  answer(what: 'asking' | 'leave' | 'stay'): void;
}

/**
 * @param mayClose asked before the page is.
 * @param ask tells the page that its window is about to be closed.
 */
export function closeAfterAsking(window: BrowserWindow, mayClose: () => boolean, ask: () => void): Closing {
  let left = false;
  let asked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leave = () => {
    clearTimeout(timer);
    left = true;
    window.close();
  };
  window.on('close', (event) => {
    if (left || window.webContents.isCrashed()) return;
    event.preventDefault();
    if (asked || !mayClose()) return;
    asked = true;
    // not closed but taken away: closing would ask the page again
    timer = setTimeout(() => window.destroy(), ANSWER_MS);
    ask();
  });
  return {
    answer(what) {
      clearTimeout(timer);
      if (what === 'leave') leave();
      if (what === 'stay') asked = false;
    },
  };
}
