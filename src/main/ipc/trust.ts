/** Who may give commands: the main frame of the app's own page, by exact origin. */

/** Origin of the page. */
export const APP_ORIGIN = 'app://lab';

/** What matters of Electron's WebFrameMain. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

export function isTrusted(frame: SenderFrame | null): boolean {
  if (frame === null || frame.parent !== null || !URL.canParse(frame.url)) return false;
  const { protocol, host } = new URL(frame.url);
  return `${protocol}//${host}` === APP_ORIGIN;
}

/** Whether an address is that of the page itself. */
export function isOwnPage(url: string): boolean {
  return url === `${APP_ORIGIN}/`;
}

/** Where documents that are being printed are, on the page's origin; no page links there. */
export const PRINTED = '/printed/';

export const isPrinted = (url: string): boolean => url.startsWith(`${APP_ORIGIN}${PRINTED}`);
