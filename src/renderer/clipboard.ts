/** The clipboard. */
import { lab } from './lab.ts';

/**
 * Copies text by a copy command of the page itself: the asynchronous clipboard needs a permission, and the app grants
 * its page none. Must be called while a press or a key is being handled.
 * @throws Error if the browser refuses.
 */
export function copyText(text: string): void {
  const onCopy = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', onCopy, { capture: true });
  try {
    if (!document.execCommand('copy')) throw new Error('the clipboard was refused');
  } finally {
    document.removeEventListener('copy', onCopy, { capture: true });
  }
}

/** Copies a picture, which a page may not put on the clipboard itself. @param png the file's bytes. */
export const copyPicture = (png: Uint8Array): Promise<void> => lab().copyPicture({ bytes: png });
