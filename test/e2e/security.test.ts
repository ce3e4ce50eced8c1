/**
 * The points of Electron's security checklist, by their numbers there, in the real app; no network from start to quit;
 * text of a hostile study; and the app as it is installed, which takes no debugging switch. docs/security.md lists them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseVersion } from '@electron/fuses';
import { type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuses } from '../../scripts/dist/pack.mjs';
import { stageApp } from '../../scripts/dist/stage.mjs';
import { root } from '../../scripts/ensure-build.mjs';
import { commandNames } from '../../src/api/command.ts';
import { commands } from '../../src/api/commands.ts';
import { COMMAND_CHANNEL } from '../../src/main/ipc/channels.ts';
import { answerDialogs, electronPath, libraryFolder, startApp, type RunningApp } from './app.ts';

const { folder, remove } = libraryFolder();
let running: RunningApp;
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  running = await startApp(folder);
  ({ app, page } = running);
});
afterAll(async () => {
  await running.app.close();
  remove();
});

/** Of the window, as Electron took them. */
const preferences = () =>
  app.evaluate(({ BrowserWindow }) => {
    const [{ webContents }] = BrowserWindow.getAllWindows();
    const given = (
      webContents as unknown as { getLastWebPreferences(): Record<string, unknown> | null }
    ).getLastWebPreferences();
    return Object.fromEntries(Object.entries(given ?? {}).filter(([, value]) => typeof value !== 'object'));
  });

/** Lets the page try what the content policy refuses; the console's complaints about that are none of the app's. */
async function refused<T>(attempt: () => Promise<T>): Promise<T> {
  const result = await attempt();
  await page.waitForTimeout(100);
  running.complaints.length = 0;
  return result;
}

/** From now on links are noted and not opened; what was noted. */
async function linksFollowed(): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const kept = globalThis as unknown as { outside: string[] };
    kept.outside = [];
    shell.openExternal = (url) => Promise.resolve(void kept.outside.push(url));
  });
  return () => app.evaluate(() => (globalThis as unknown as { outside: string[] }).outside);
}

describe('point of the checklist', () => {
  it('1, secure content only: everything comes from the app itself', async () => {
    const found = await refused(() =>
      page.evaluate(async () => ({
        page: location.href,
        parts: [
          ...new Set(
            [...document.querySelectorAll<HTMLScriptElement | HTMLLinkElement>('script, link[href]')].map((part) =>
              ('src' in part ? part.src : part.href).slice(0, 10),
            ),
          ),
        ],
        tries: await Promise.all(
          ['http://192.0.2.1/', 'https://example.org/', 'ws://192.0.2.1/', 'ftp://192.0.2.1/'].map((url) =>
            fetch(url.replace('ws:', 'http:')).then(
              () => 'fetched',
              () => 'refused',
            ),
          ),
        ),
      })),
    );
    expect(found).toEqual({
      page: 'app://lab/',
      parts: ['app://lab/'],
      tries: ['refused', 'refused', 'refused', 'refused'],
    });
  });

  it('2, 3, 4, 6, 8, 9, 10, 11: the window is sandboxed and isolated, without Node, and nothing is loosened', async () => {
    expect(await preferences()).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect((await preferences()).enableBlinkFeatures ?? '').toBe('');
    expect(
      await page.evaluate(() => ['require', 'process', 'module', 'global', 'Buffer'].filter((name) => name in window)),
    ).toEqual([]);
    const switches = await app.evaluate(({ app: { commandLine } }) =>
      [
        'enable-blink-features',
        'allow-running-insecure-content',
        'disable-web-security',
        'ignore-certificate-errors',
      ].filter((name) => commandLine.hasSwitch(name)),
    );
    expect(switches).toEqual([]);
  });

  it('3: what the page does to the language’s objects does not reach the preload script', async () => {
    const answer = await page.evaluate(async () => {
      const { get } = Map.prototype;
      let seen = 0;
      Map.prototype.get = function (this: Map<unknown, unknown>, key) {
        if (key === 'menu') seen++;
        return get.call(this, key) as unknown;
      };
      const off = window.lab.on('menu', () => {});
      off();
      Map.prototype.get = get;
      return seen;
    });
    expect(answer).toBe(0);
  });

  it('5: every permission is denied, asked or looked up', async () => {
    const answers = await page.evaluate(async () => {
      const names = [
        'notifications',
        'geolocation',
        'camera',
        'microphone',
        'clipboard-read',
        'midi',
        'storage-access',
      ];
      const looked = names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state),
      );
      const refusal = () => 'denied';
      const asked = [
        Notification.requestPermission(),
        navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', refusal),
        navigator.mediaDevices.getDisplayMedia({ video: true }).then(() => 'granted', refusal),
        navigator.clipboard.readText().then(() => 'granted', refusal),
        new Promise((answer) =>
          navigator.geolocation.getCurrentPosition(
            () => answer('granted'),
            () => answer('denied'),
          ),
        ),
      ];
      return Promise.all([...looked, ...asked]);
    });
    expect(new Set(answers)).toEqual(new Set(['denied']));
  });

  it('7: the policy is sent with the page, and holds', async () => {
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).toMatch(/webrtc 'block'/);
    expect(await page.evaluate(() => 'RTCPeerConnection' in window)).toBe(false);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    const ran = await refused(() =>
      page.evaluate(async () => {
        const marks = window as unknown as Record<string, unknown>;
        const add = (html: string) => document.body.append(document.createRange().createContextualFragment(html));
        add('<script>window.inline = 1</script><img src="x" onerror="window.handler = 1">');
        add(
          '<iframe srcdoc="<script>parent.framed = 1</script>"></iframe><iframe src="app://lab/index.html"></iframe>',
        );
        add('<script src="data:text/javascript,window.data = 1"></script>');
        // evaluating is allowed to the debugger that runs this, until it waits
        await new Promise((wait) => setTimeout(wait, 300));
        for (const make of [() => (0, eval)('window.evaluated = 1'), () => new Function('window.made = 1')()])
          try {
            make();
          } catch {
            // as it should be
          }
        document
          .querySelectorAll('body > iframe, body > img, body > script:not([src^="/"])')
          .forEach((e) => e.remove());
        return ['inline', 'handler', 'framed', 'data', 'evaluated', 'made'].filter((name) => name in marks);
      }),
    );
    expect(ran).toEqual([]);
  });

  it('11, 12: a webview is an unknown element, and would be refused', async () => {
    const attached = await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'app://lab/');
      view.setAttribute('allowpopups', '');
      document.body.append(view);
      const methods = 'reload' in view;
      view.remove();
      return methods;
    });
    expect(attached).toBe(false);
    const prevented = await app.evaluate(({ webContents }) => {
      const all = webContents.getAllWebContents();
      let count = 0;
      for (const contents of all) contents.emit('will-attach-webview', { preventDefault: () => count++ }, {}, {});
      return [all.length, count];
    });
    expect(prevented).toEqual([1, 1]);
  });

  it('13: the page stays where it is, and comes back if it ever is elsewhere', async () => {
    await page.evaluate(() => void ((window as unknown as { stayed: boolean }).stayed = true));
    const stayed = () => page.evaluate(() => 'stayed' in window && location.href);
    for (const url of [
      'about:blank',
      'about:blank#x',
      'about:srcdoc',
      'https://example.org/',
      'file:///etc/passwd',
      'data:text/html,x',
      'app://lab/?x',
      'app://lab/index.html',
      'app://other/',
      'chrome://version/',
      'view-source:app://lab/',
    ]) {
      await refused(() => page.evaluate((to) => void (location.href = to), url));
      expect([url, await stayed()]).toEqual([url, 'app://lab/']);
    }
    await app.evaluate(({ BrowserWindow }) => {
      // what the page cannot do any more
      void BrowserWindow.getAllWindows()[0]
        .webContents.loadURL('about:blank')
        .catch(() => {});
    });
    await expect.poll(stayed).toBe(false);
    await page.getByTestId('library').waitFor();
    await page.evaluate(() => location.reload());
    await page.getByTestId('library').waitFor();
    expect(page.url()).toBe('app://lab/');
  });

  it('14, 15: no new window; links go out as they were parsed, to hosts of the list alone', async () => {
    const outside = await linksFollowed();
    const opened = await page.evaluate(async () => {
      const urls = [
        'https://arxiv.org\\@evil.example/',
        'https://arxiv.org@evil.example/',
        ' https://doi.org/10.1/a b\n',
        'https://evil.example/',
        'http://arxiv.org/',
        'javascript:alert(1)',
        'file:///etc/passwd',
        'smb://host/share',
      ];
      for (const url of urls) await window.lab.openLink({ url }).catch(() => {});
      const windows = ['https://arxiv.org/', 'https://evil.example/', 'about:blank', 'app://lab/'].map((url) =>
        window.open(url),
      );
      const link = document.createElement('a');
      link.href = 'app://lab/';
      link.target = '_blank';
      link.click();
      return windows;
    });
    expect(opened).toEqual([null, null, null, null]);
    expect(app.windows()).toHaveLength(1);
    await expect
      .poll(outside)
      .toEqual(['https://arxiv.org/@evil.example/', 'https://doi.org/10.1/a%20b', 'https://arxiv.org/']);
  });

  it('16: the Electron that is installed is the one that package.json names, and what runs here is no older than these tests need', async () => {
    const require = createRequire(import.meta.url);
    const { devDependencies } = require('../../package.json') as { devDependencies: { electron: string } };
    const { version } = require('electron/package.json') as { version: string };
    const major = (text: string) => Number(/\d+/.exec(text)?.[0]);
    expect(major(version)).toBe(major(devDependencies.electron));
    const tested = await app.evaluate(() => process.versions.electron);
    // the first with everything that these tests rely on
    expect(major(tested)).toBeGreaterThanOrEqual(42);
  });

  it('17: a command of another frame, page or shape is an error', async () => {
    const answers = await app.evaluate(async ({ ipcMain }, channel) => {
      type Handler = (event: unknown, ...args: unknown[]) => Promise<unknown>;
      const handler = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers.get(channel)!;
      const said: string[] = [];
      for (const senderFrame of [
        null,
        { url: 'https://evil.example/', parent: null },
        { url: 'about:blank', parent: null },
        { url: 'app://lab.evil.example/', parent: null },
        { url: 'app://lab/', parent: {} },
        { url: 'app://lab/', parent: null },
      ])
        said.push(
          await handler({ senderFrame }, 'machine').then(
            () => 'answered',
            (error: Error) => error.message,
          ),
        );
      return said;
    }, COMMAND_CHANNEL);
    expect(answers.slice(0, -1)).toEqual(new Array(5).fill(expect.stringMatching(/^refused: /)));
    expect(answers.at(-1)).toBe('answered');
    const answer = await page.evaluate(() =>
      (window.lab.openStudy as (argument: unknown) => Promise<unknown>)({ id: 3 }).then(
        () => 'answered',
        (error: Error) => error.message,
      ),
    );
    expect(answer).toMatch(/openStudy: id: /);
  });

  it('18: no file:, and of app: only the built page; what is malformed is not found', async () => {
    const found = await refused(() =>
      page.evaluate(async () => {
        const status = (url: string) =>
          fetch(url).then(
            (answer) => answer.status,
            () => 'refused',
          );
        const paths = ['%', '%ff', '%00', '..%2f..%2fpackage.json', '%2e%2e/%2e%2e/package.json', 'assets/', 'no.js'];
        return {
          own: await status('app://lab/index.html'),
          app: await Promise.all(paths.map((path) => status(`app://lab/${path}`))),
          other: await Promise.all(['app://other/', 'file:///etc/passwd'].map(status)),
        };
      }),
    );
    expect(found).toEqual({
      own: 200,
      app: [404, 404, 404, 404, 404, 404, 404],
      other: ['refused', 'refused'],
    });
  });

  it('20: the page is given its commands and nothing of Electron', async () => {
    const given = await page.evaluate(() => ({
      names: Object.keys(window.lab).sort(),
      kinds: [...new Set(Object.values(window.lab).map((each) => typeof each))],
      strangers: ['electron', 'ipcRenderer', 'contextBridge', '__dirname'].filter((name) => name in window),
    }));
    expect(given).toEqual({
      names: [...commandNames(commands), 'on', 'pathOf'].sort(),
      kinds: ['function'],
      strangers: [],
    });
    const heard = page.evaluate(
      () => new Promise<number>((hear) => window.lab.on('menu', (...args: unknown[]) => hear(args.length))),
    );
    await app.evaluate(({ BrowserWindow }) => {
      // no command of the menu: only how many arguments the listener gets counts
      setTimeout(() => BrowserWindow.getAllWindows()[0].webContents.send('lab:event', 'menu', { command: '' }), 300);
    });
    expect(await heard).toBe(1);
  });
});

/** Words that the hostile study would set as a title, or have run otherwise. */
const MARK = /^P(WN|$)/;

/** What of a document could act: elements and attributes that no text of a study may bring. */
function acting(): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName;
    if (['iframe', 'object', 'embed', 'form', 'base', 'meta', 'details', 'foreignobject'].includes(name))
      if (element.closest('head') === null && !element.matches('[data-testid]')) found.push(name);
    if (name === 'script' && !(element as HTMLScriptElement).src.startsWith('app://lab/')) found.push(name);
    if (name === 'img' && !(element as HTMLImageElement).src.startsWith('app://lab/')) found.push(name);
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith('on') || attribute === 'srcdoc') found.push(`${name} ${attribute}`);
      // a link does nothing until it is clicked, and what it does then is looked at below
      const allowed = name === 'a' ? /^(?!javascript:|data:|vbscript:|file:)/i : /^(#|app:\/\/lab\/|\.?\/assets\/)/;
      const leads = ['href', 'xlink:href', 'src', 'action'].includes(attribute);
      if (leads && !allowed.test(value)) found.push(`${name} ${attribute}=${value}`);
    }
  }
  return found;
}

describe('a study of hostile texts', () => {
  const file = join(root, 'test', 'fixtures', 'hostile', 'texts.json');

  it('is text and nothing else: in the library, every tab, the tooltips, the palette and the exported SVG', async () => {
    const { complaints } = running;
    complaints.length = 0;
    const inert = async (where: string) => {
      expect([where, await page.evaluate(acting)]).toEqual([where, []]);
      expect([where, MARK.test(await page.title())]).toEqual([where, false]);
    };
    await answerDialogs(app, { open: [file] });
    await page.keyboard.press('Control+o');
    await page.getByTestId('run').click();
    const done = async () => (await page.getByTestId('run').count()) > 0 && page.getByTestId('run').isDisabled();
    await expect.poll(done, { timeout: 120_000 }).toBe(true);
    const tabs = await page.locator('[data-testid^="tab-"]').all();
    expect(tabs.length).toBe(4);
    for (const tab of tabs) {
      await tab.click();
      await page.waitForTimeout(200);
      await inert(await tab.innerText());
    }
    const outside = await linksFollowed();
    await page.getByTestId('tab-notes').click();
    const links = await page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLAnchorElement>('main a[href]')];
      for (const link of all)
        for (const type of ['click', 'auxclick'])
          link.dispatchEvent(
            new MouseEvent(type, { bubbles: true, cancelable: true, button: type === 'click' ? 0 : 1 }),
          );
      return all.length;
    });
    expect(links).toBeGreaterThan(4);
    await expect.poll(async () => (await outside()).length).toBeGreaterThan(0);
    await page.waitForTimeout(300);
    expect(page.url()).toBe('app://lab/');
    expect(new Set(await outside())).toEqual(new Set(['https://arxiv.org/abs/2510.14074']));
    await page.getByTestId('tab-figures').or(page.getByTestId('tab-results')).first().click();
    await page.getByTestId('overlay-all').click();
    const figure = page.getByTestId('figure-risk');
    await figure.locator('canvas, svg').first().waitFor();
    const { x, y, width, height } = (await figure.locator('canvas, svg').first().boundingBox())!;
    for (const at of [0.3, 0.5, 0.7]) {
      await page.mouse.move(x + at * width, y + 0.5 * height);
      await page.waitForTimeout(200);
      await inert(`tooltip at ${at}`);
    }
    const svg = join(folder, 'hostile.svg');
    await answerDialogs(app, { save: svg });
    await figure.hover();
    await page.getByTestId('figure-menu-risk').click();
    await page.getByRole('menuitem', { name: 'Export for a paper' }).click();
    await page.getByTestId('export-dialog').getByText('SVG', { exact: true }).click();
    await page.getByTestId('export-save').click();
    await page.getByText('Saved to').waitFor();
    expect(complaints).toEqual([]);
    // styles in a document that is parsed are refused, and complained of, like those of the page
    const parsed = await refused(() =>
      page.evaluate(
        (text) => {
          const drawn = new DOMParser().parseFromString(text, 'image/svg+xml');
          const acts = [...drawn.querySelectorAll('*')].flatMap((element) => [
            ...(/^(script|foreignobject|a|image|img|iframe|animate|set|parsererror)$/i.test(element.localName)
              ? [element.localName]
              : []),
            ...[...element.attributes]
              .filter(({ name, value }) => /^on|href$/i.test(name) || /javascript:|url\((?!['"]?#)/i.test(value))
              .map(({ name, value }) => `${name}=${value}`),
          ]);
          return { root: drawn.documentElement.localName, acts, texts: drawn.documentElement.textContent ?? '' };
        },
        readFileSync(svg, 'utf8'),
      ),
    );
    expect(parsed).toMatchObject({ root: 'svg', acts: [] });
    expect(parsed.texts).toContain('<img src=x onerror=');
    await page.keyboard.press('Control+k');
    await page.getByTestId('palette').waitFor();
    await inert('palette');
    await page.keyboard.press('Escape');
    await page.getByTestId('back').click();
    await page.getByTestId('library').waitFor();
    await inert('library');
    expect(app.windows()).toHaveLength(1);
    expect(complaints).toEqual([]);
  });
});

/** Whether a traced call names an address that is not of this machine, or asks for a name. */
function leaves(line: string): boolean {
  const address = /sa_family=AF_INET6?,.*?sin6?_port=htons\((\d+)\).*?"([0-9a-f.:]+)"/.exec(line);
  if (!address) return false;
  const [, port, host] = address;
  return port === '53' || !/^(127\.|::1$|::ffff:127\.)/.test(host);
}

const hasStrace = process.platform === 'linux' && spawnSync('strace', ['-V']).status === 0;

// strace: every connection and every datagram of every process of the app
describe.skipIf(!hasStrace)('from start to quit', () => {
  const place = libraryFolder();
  afterAll(place.remove);

  it('no process of the app connects to another machine, or asks for a name, whatever the page tries', async () => {
    const log = join(place.folder, 'calls.txt');
    const script = join(place.folder, 'traced.sh');
    const calls = 'connect,sendto,sendmsg,sendmmsg';
    writeFileSync(script, `#!/bin/sh\nexec strace -f -qq -e trace=${calls} -o '${log}' '${electronPath()}' "$@"\n`);
    chmodSync(script, 0o755);
    const traced = await startApp(join(place.folder, 'library'), [], {}, script);
    await traced.page.evaluate(async () => {
      for (const [rel, href] of [
        ['preconnect', 'https://b.example.org'],
        ['prefetch', 'https://c.example.org/x'],
      ])
        document.head.append(Object.assign(document.createElement('link'), { rel, href }));
      new Image().src = 'https://d.example.org/x.png';
      void fetch('https://e.example.org/').catch(() => {});
      try {
        const peer = new RTCPeerConnection({ iceServers: [{ urls: ['stun:192.0.2.1:3478', 'stun:f.example.org'] }] });
        peer.createDataChannel('x');
        await peer.setLocalDescription(await peer.createOffer());
      } catch {
        // as it should be
      }
    });
    // Chromium's own: it began within a second of the start
    await traced.page.waitForTimeout(4000);
    await traced.app.close();
    const lines = readFileSync(log, 'utf8').split('\n');
    // the trace is one: the app talked to its display
    expect(lines.filter((line) => line.includes('sa_family=AF_UNIX')).length).toBeGreaterThan(0);
    expect(lines.filter(leaves)).toEqual([]);
  });
});

// as installed: Electron under another name, its switches set, the app in an archive
describe.skipIf(process.platform !== 'linux')('point 19, and the installed app', () => {
  const place = libraryFolder();
  const executable = join(place.folder, 'sgdlab');
  afterAll(place.remove);

  beforeAll(async () => {
    const source = dirname(electronPath());
    for (const name of readdirSync(source))
      if (!['electron', 'resources'].includes(name)) symlinkSync(join(source, name), join(place.folder, name));
    copyFileSync(electronPath(), executable);
    await flipFuses(executable, { version: FuseVersion.V1, ...fuses('linux', false) });
    mkdirSync(join(place.folder, 'resources'));
    const staged = join(place.folder, 'staged');
    await stageApp(staged);
    await createPackage(staged, join(place.folder, 'resources', 'app.asar'));
  });

  const withSwitches = (args: string[]) => ['--no-sandbox', '--log-level=3', ...args];
  const environment = { ...process.env, SGDLAB_DATA: join(place.folder, 'library') };
  const start = (args: string[], further: Record<string, string> = {}) =>
    spawnSync(executable, withSwitches(args), {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...environment, ...further },
    });

  it('is the command line, and never Node', () => {
    const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
    const ran = join(place.folder, 'ran');
    const script = join(place.folder, 'script.cjs');
    writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(ran)}, '')`);
    const asNode = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: `--require ${script}` };
    const { status, stdout } = start(['--version'], asNode);
    expect([status, stdout.trim()]).toEqual([0, version]);
    expect(existsSync(ran)).toBe(false);
  });

  it.each([
    ['--remote-debugging-port=0'],
    ['-remote-debugging-port=0'],
    ['--remote-debugging-pipe'],
    ['--remote-allow-origins=*'],
    ['--inspect=0'],
    ['--inspect-brk=0'],
    ['--disable-web-security'],
  ])('refuses %s: nothing listens, no window opens, status 2', (argument) => {
    const name = `--${argument.replace(/^-+|=.*/g, '')}`;
    const { status, stderr } = start([argument]);
    expect([status, stderr.trim()]).toEqual([2, `sgdlab: refused: ${name}`]);
    expect(existsSync(join(place.folder, 'library'))).toBe(false);
  });

  it('opens its window without them', async () => {
    const child = spawn(executable, withSwitches([]), { env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    try {
      const library = join(place.folder, 'library', 'library.sqlite');
      await expect.poll(() => existsSync(library), { timeout: 60_000 }).toBe(true);
      expect(child.exitCode).toBe(null);
    } finally {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    }
    expect(stderr).not.toMatch(/listening/);
  });
});
