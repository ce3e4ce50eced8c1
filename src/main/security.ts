/**
 * What the page may not do. Everything a study holds is taken as hostile, so the page has no Node, no network, no
 * other page, no new window, no permission and no download. Links leave only for a short list of https hosts.
 */
import { app, session, shell, type Session, type WebContents } from 'electron';
import { APP_ORIGIN, isOwnPage, isPrinted } from './ipc/trust.ts';
import { isAllowedLink } from './links.ts';

/** Opens an allowed link outside; says whether it was allowed. */
export function openLink(text: string): boolean {
  if (!isAllowedLink(text)) return false;
  // as it was understood: what else the text could mean is not passed on
  void shell.openExternal(new URL(text).href);
  return true;
}

/** Denies by default, for every page and session of the app. Call before the first window. */
export function denyByDefault(): void {
  restrictSession(session.defaultSession);
  app.on('session-created', restrictSession);
  app.on('web-contents-created', (_event, contents) => restrictContents(contents));
}

function restrictSession(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  target.setPermissionCheckHandler(() => false);
  target.setDevicePermissionHandler(() => false);
  // a language would have its dictionary fetched at the start, past everything that is denied below
  target.setSpellCheckerEnabled(false);
  target.setSpellCheckerLanguages([]);
  target.on('will-download', (event) => event.preventDefault());
  target.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !(details.url.startsWith(`${APP_ORIGIN}/`) || details.url.startsWith('devtools:')) });
  });
}

function restrictContents(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    // the page may load itself anew, and nothing else
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('did-navigate', (_event, url) => {
    // about: pages are asked about nowhere before; the preload script refuses them, and where it could not, they go
    if (!isOwnPage(url) && !isPrinted(url)) void contents.loadURL(`${APP_ORIGIN}/`);
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
