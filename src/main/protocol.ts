/** The `app://` protocol: serves the built page, and nothing else, with the content policy. */
import { protocol } from 'electron';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { APP_ORIGIN } from './ipc/trust.ts';
import { printedDocument } from './print.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'; webrtc 'block'";

/** Of documents that are printed: nothing runs, nothing is loaded, styles and fonts are their own. */
const PRINTED_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
};

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves `folder` as app://lab/. */
export function serveApp(folder: string): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const printed = printedDocument(url.pathname);
    if (printed !== undefined && request.method === 'GET') {
      const headers = { 'content-type': TYPES['.html'], 'content-security-policy': PRINTED_POLICY };
      return new Response(printed, { headers });
    }
    const path = fileOf(folder, url);
    const type = path && TYPES[extname(path)];
    if (request.method !== 'GET' || !path || !type) return new Response('not found', { status: 404 });
    try {
      const headers = { 'content-type': type, 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' };
      return new Response(new Uint8Array(await readFile(path)), { headers });
    } catch {
      return new Response('not found', { status: 404 });
    }
  });
}

/** The file of a URL inside the folder, or null. */
function fileOf(folder: string, url: URL): string | null {
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return null;
  const relative = url.pathname === '/' ? '/index.html' : decoded(url.pathname);
  if (relative === null) return null;
  const path = normalize(join(folder, relative));
  return path.startsWith(folder + sep) ? path : null;
}

/** Null if it is not percent-encoded UTF-8. */
function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
