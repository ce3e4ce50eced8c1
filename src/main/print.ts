/**
 * Documents printed to PDF in a window that is never shown. What is printed comes from the page and is taken as hostile:
 * no script of it runs, nothing is loaded, and the window has no way to give commands.
 */
import { BrowserWindow } from 'electron';
import { APP_ORIGIN, PRINTED } from './ipc/trust.ts';

/** Centimetres in an inch. */
const INCH = 2.54;

const documents = new Map<string, string>();
let printed = 0;

/** The document at a path of the app's origin while it is being printed. */
export const printedDocument = (path: string): string | undefined => documents.get(path);

/**
 * @param html a whole document; pictures and fonts in it as data URLs.
 * @param page size of its pages in centimetres.
 * @returns the PDF, fonts embedded.
 */
export async function printPdf(html: string, page: { width: number; height: number }): Promise<Uint8Array> {
  const path = `${PRINTED}${++printed}`;
  documents.set(path, html);
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });
  try {
    await window.loadURL(`${APP_ORIGIN}${path}`);
    // fonts from data URLs are there a moment after the document
    await window.webContents.executeJavaScript('document.fonts.ready.then(() => true)');
    const pdf = await window.webContents.printToPDF({
      printBackground: true,
      preferCSSPageSize: true,
      pageSize: { width: page.width / INCH, height: page.height / INCH },
      margins: { top: 0, bottom: 0, left: 0, right: 0 },
    });
    return new Uint8Array(pdf);
  } finally {
    documents.delete(path);
    window.destroy();
  }
}
