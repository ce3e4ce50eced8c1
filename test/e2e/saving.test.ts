/** Saving, as a user meets it: for every preset, and with a library that cannot be written. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type StudyDraft } from '../../src/api/types.ts';
import { parseStudyText } from '../../src/study/parse.ts';
import { presets } from '../../src/study/presets/presets.ts';
import { answerDialogs, libraryFolder, startApp, type RunningApp } from './app.ts';

const places: { remove(): void }[] = [];
const newPlace = () => {
  const place = libraryFolder();
  places.push(place);
  return place.folder;
};

let running: RunningApp | null = null;
let kill: (() => void) | null = null;
afterAll(async () => {
  await running?.app.close().catch(() => {});
  places.forEach((place) => place.remove());
});

/** The app, started anew; one that still runs is closed first. */
async function start(folder: string, environment: Record<string, string | undefined> = {}): Promise<RunningApp> {
  await stop();
  running = await startApp(folder, [], environment);
  const process = running.app.process();
  kill = () => process.kill('SIGKILL');
  return running;
}

async function stop(): Promise<void> {
  await running?.app.close();
  running = null;
}

const draftsOf = (page: Page) =>
  page.evaluate(async () => {
    const found: StudyDraft[] = [];
    for (const { id } of await window.lab.listStudies({ search: '', archived: false })) {
      const opened = await window.lab.openStudy({ id });
      if (opened.ok) found.push(opened.value.draft);
    }
    return found;
  });

async function openStudy(page: Page, name: string): Promise<void> {
  await page.locator('button[data-testid^="study-"]', { hasText: name }).first().click();
  await page.getByTestId('study-name').waitFor();
}

async function writeNote(page: Page, note: string): Promise<void> {
  await page.getByTestId('tab-notes').click();
  await page
    .getByRole('radio', { name: 'Write' })
    .or(page.getByRole('button', { name: 'Write' }))
    .first()
    .click();
  await page.getByTestId('notes').fill(note);
}

async function setNumber(page: Page, field: string, value: string): Promise<void> {
  const input = page
    .getByTestId('editor')
    .locator(`input[data-field="${field}"], [data-field="${field}"] input`)
    .first();
  await input.fill(value);
  await input.press('Enter');
}

/** Gives the first axis of the sweep these values. */
async function setAxis(page: Page, values: string): Promise<void> {
  await page.getByTestId('tab-sweep').click();
  await page.getByTestId('sweep-edit').click();
  const dialog = page.getByTestId('sweep-dialog');
  await dialog.getByText('Values', { exact: true }).first().click();
  await dialog.getByTestId('axis-values').first().fill(values);
  await dialog.getByTestId('sweep-apply').click();
  await dialog.waitFor({ state: 'hidden' });
}

const back = async (page: Page) => {
  await page.getByTestId('back').click();
  await page.getByTestId('library').waitFor();
};

interface Sweep {
  readonly axes: readonly { readonly range: { readonly values?: readonly number[] } }[];
  readonly base: { readonly horizon: number };
}
const sweepOf = (draft: StudyDraft | undefined) => draft?.sweep as Sweep | undefined;

describe('every preset: a note, a name, a number and the sweep', () => {
  const folder = newPlace();
  const changed = (name: string) => `${name}, changed`;
  beforeAll(async () => {
    await start(folder);
  });

  it.each(presets.map(({ name, study }) => ({ name, swept: 'sweep' in study() })))(
    '$name: everything is saved when the study is left',
    async ({ name, swept }) => {
      const { page } = running as RunningApp;
      await page.getByTestId(`preset-${name}`).click();
      await page.getByTestId('study-name').fill(changed(name));
      await setNumber(page, 'horizon', '7.25');
      if (swept) await setAxis(page, '1, 2');
      await writeNote(page, `A note on ${name}: *seen*.`);
      await back(page);
      const draft = (await draftsOf(page)).find((each) => each.name === changed(name));
      expect(draft?.notes).toBe(`A note on ${name}: *seen*.`);
    },
  );

  it('and is there after a restart', async () => {
    const { page, complaints } = await start(folder);
    const drafts = await draftsOf(page);
    expect(drafts.map((draft) => draft.name).sort()).toEqual(presets.map(({ name }) => changed(name)).sort());
    for (const { name } of presets) {
      const draft = drafts.find((each) => each.name === changed(name));
      const sweep = sweepOf(draft);
      expect(draft?.notes).toBe(`A note on ${name}: *seen*.`);
      expect(sweep ? sweep.base.horizon : draft?.experiments[0].horizon, name).toBe(7.25);
      if (sweep) expect(sweep.axes[0].range.values).toEqual([1, 2]);
    }
    await openStudy(page, changed('concentration'));
    await page.getByTestId('tab-notes').click();
    await page.locator('.markdown').getByText('A note on concentration').first().waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('a sweep', () => {
  it('is made from a new study, renamed in the library, changed, and run as it is shown', async () => {
    const folder = newPlace();
    const { page } = await start(folder);
    await page.getByTestId('new-study').click();
    await page.getByTestId('study-name').waitFor();
    await setNumber(page, 'horizon', '1');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('make a sweep');
    await page.keyboard.press('Enter');
    await page.getByTestId('sweep-apply').click();
    await page.getByTestId('sweep-dialog').waitFor({ state: 'hidden' });
    await page.getByTestId('status-saved').waitFor();
    await back(page);
    const row = page.locator('[data-testid^="study-row-"]').first();
    await row.locator('[data-testid^="study-menu-"]').click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await row.locator('input').fill('A sweep by hand');
    await row.locator('input').press('Enter');
    await openStudy(page, 'A sweep by hand');
    await setAxis(page, '0.25, 0.5');
    await page.getByTestId('run').click();
    await expect
      .poll(
        () =>
          page.evaluate(async () => {
            const [{ id }] = await window.lab.listStudies({ search: '', archived: false });
            const opened = await window.lab.openStudy({ id });
            return opened.ok ? opened.value.status.map(({ state }) => state) : [];
          }),
        { timeout: 60_000 },
      )
      .toEqual(['complete', 'complete', 'complete']);
    const [draft] = await draftsOf((await start(folder)).page);
    expect(draft.name).toBe('A sweep by hand');
    expect(sweepOf(draft)?.axes[0].range.values).toEqual([0.25, 0.5]);
  });
});

/** Another program that has the library open, until it is let go. */
async function heldOpen(file: string): Promise<{ release(): Promise<void> }> {
  const program = [
    'import sqlite3, sys',
    'c = sqlite3.connect(sys.argv[1])',
    'c.execute("SELECT count(*) FROM studies").fetchall()',
    'print("open", flush=True); sys.stdin.read(); c.close()',
  ].join('\n');
  const holder: ChildProcess = spawn('python3', ['-c', program, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(holder.stdout as NodeJS.ReadableStream, 'data');
  return {
    async release() {
      if (holder.exitCode !== null) return;
      holder.stdin?.end();
      await once(holder, 'close');
    },
  };
}

describe('a library that cannot be written', () => {
  let folder: string;
  let held: { release(): Promise<void> };
  const unsaved = () => (existsSync(join(folder, 'unsaved')) ? readdirSync(join(folder, 'unsaved')) : []);

  /** A study with a note that could not be saved. */
  async function notSaved(): Promise<Page> {
    folder = newPlace();
    const { page } = await start(folder);
    await page.getByTestId('preset-concentration').click();
    await page.getByTestId('status-saved').waitFor();
    held = await heldOpen(join(folder, 'library.sqlite'));
    await writeNote(page, 'Not to be lost');
    await page.getByTestId('status-not-saved').waitFor();
    return page;
  }
  afterEach(async () => {
    await held.release();
    // what is not saved would hold the window
    kill?.();
    running = null;
  });

  it('is said with its reason, and the study is saved as soon as it can be', async () => {
    const page = await notSaved();
    await expect
      .poll(() => page.getByTestId('status-not-saved').textContent())
      .toMatch(/^Not saved: Another program has the library open: close .*library\.sqlite there/);
    // read to its end in the smallest window, too
    await page.setViewportSize({ width: 900, height: 600 });
    const cut = await page.getByTestId('status-not-saved').evaluate((element) => {
      const { right, bottom } = element.getBoundingClientRect();
      return [element.scrollWidth > element.clientWidth, right > innerWidth, bottom > innerHeight];
    });
    expect(cut).toEqual([false, false, false]);
    await expect.poll(unsaved).toHaveLength(1);
    await page.getByTestId('save-retry').click();
    await page.getByTestId('status-not-saved').waitFor();
    // and nothing older is run in its place
    await page.getByTestId('run').click();
    await page.getByText('Not run: the study could not be saved').waitFor();
    await held.release();
    await page.getByTestId('status-saved').waitFor({ timeout: 20_000 });
    await expect.poll(unsaved).toEqual([]);
    expect((await draftsOf(page))[0].notes).toBe('Not to be lost');
  });

  it.each([
    { way: 'going back to the library', leave: (page: Page) => page.getByTestId('back').click() },
    {
      way: 'closing the window',
      leave: () => running?.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close()),
    },
    { way: 'quitting', leave: () => running?.app.evaluate(({ app }) => setTimeout(() => app.quit())) },
    { way: 'making another study', leave: (page: Page) => page.keyboard.press('Control+n') },
  ])('asks before $way: stays, or saves a copy', async ({ leave }) => {
    const page = await notSaved();
    await page.getByTestId('study-name').focus();
    await leave(page);
    await page.getByTestId('leave').waitFor();
    await page.getByTestId('leave-stay').click();
    await page.getByTestId('leave').waitFor({ state: 'hidden' });
    expect(await page.getByTestId('notes').inputValue()).toBe('Not to be lost');
    const copy = join(folder, 'copy.json');
    await answerDialogs((running as RunningApp).app, { save: copy });
    await page.getByTestId('save-copy').click();
    await expect.poll(() => existsSync(copy)).toBe(true);
    const parsed = parseStudyText(readFileSync(copy, 'utf8'));
    expect(parsed).toMatchObject({ ok: true, value: { notes: 'Not to be lost' } });
    expect(unsaved()).toHaveLength(1);
  });

  it('asks before the page is loaded anew', async () => {
    const page = await notSaved();
    await page.evaluate(() => setTimeout(() => location.reload()));
    // Playwright waits for a navigation that does not come: the page is asked through the main process
    const inPage = <T>(script: string) =>
      (running as RunningApp).app.evaluate(
        ({ BrowserWindow }, text) => BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(text) as Promise<T>,
        script,
      );
    await expect.poll(() => inPage(`document.querySelector('[data-testid="leave"]') !== null`)).toBe(true);
    await inPage(`document.querySelector('[data-testid="leave-stay"]').click()`);
    expect(await inPage(`document.querySelector('[data-testid="notes"]').value`)).toBe('Not to be lost');
    await inPage(`setTimeout(() => location.reload())`);
    await expect.poll(() => inPage(`document.querySelector('[data-testid="leave"]') !== null`)).toBe(true);
    await inPage(`document.querySelector('[data-testid="leave-discard"]').click()`);
    await expect.poll(() => inPage(`document.querySelector('[data-testid="library"]') !== null`)).toBe(true);
  });

  it('lets the user discard, and then is as it was', async () => {
    const page = await notSaved();
    await page.getByTestId('back').click();
    await page.getByTestId('leave-discard').click();
    await page.getByTestId('library').waitFor();
    await expect.poll(unsaved).toEqual([]);
    await held.release();
    expect((await draftsOf(page))[0].notes).not.toContain('Not to be lost');
  });

  it('closes the window after a copy was saved', async () => {
    const page = await notSaved();
    const copy = join(folder, 'copy.json');
    const { app } = running as RunningApp;
    await answerDialogs(app, { save: copy });
    const closed = once(app.process(), 'exit');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
    await page.getByTestId('leave-copy').click();
    await closed;
    expect(readFileSync(copy, 'utf8')).toContain('Not to be lost');
  });

  it('keeps the draft over a crash, and offers it at the next start', async () => {
    const page = await notSaved();
    const process = (running as RunningApp).app.process();
    const gone = once(process, 'exit');
    process.kill('SIGKILL');
    await gone;
    running = null;
    void page;
    await held.release();
    const again = await start(folder);
    await again.page.getByTestId('kept-restore').click();
    await again.page.getByTestId('status-saved').waitFor();
    await expect.poll(unsaved).toEqual([]);
    const { page: last } = await start(folder);
    expect((await draftsOf(last))[0].notes).toBe('Not to be lost');
    expect(await last.getByTestId('kept').count()).toBe(0);
  });

  it('takes what is computed meanwhile as soon as it can be written', async () => {
    folder = newPlace();
    const { page } = await start(folder);
    await page.getByTestId('preset-clean-directions').click();
    await page.getByTestId('status-saved').waitFor();
    held = await heldOpen(join(folder, 'library.sqlite'));
    await page.getByTestId('run').click();
    await page.getByText('could not store a result: Another program').first().waitFor({ timeout: 60_000 });
    await page.getByTestId('cancel').waitFor({ state: 'hidden', timeout: 60_000 });
    await held.release();
    const states = () =>
      page.evaluate(async () => {
        const [{ id }] = await window.lab.listStudies({ search: '', archived: false });
        const opened = await window.lab.openStudy({ id });
        return opened.ok ? opened.value.status.map(({ state }) => state) : [];
      });
    await expect.poll(states, { timeout: 20_000 }).toEqual(['complete', 'complete', 'complete']);
  });

  it('says at the row what could not be done in the library, and shows what is stored', async () => {
    folder = newPlace();
    const { page } = await start(folder);
    await page.getByTestId('preset-concentration').click();
    await page.getByTestId('status-saved').waitFor();
    await back(page);
    held = await heldOpen(join(folder, 'library.sqlite'));
    const row = page.locator('[data-testid^="study-row-"]').first();
    const act = async (name: string) => {
      await row.locator('[data-testid^="study-menu-"]').click();
      await page.getByRole('menuitem', { name, exact: true }).click();
    };
    await act('Rename');
    await row.locator('input').fill('Other name');
    await row.locator('input').press('Enter');
    await row.getByText('Not renamed: Another program').waitFor();
    await expect.poll(() => row.textContent()).toContain('Concentration');
    for (const [name, said] of [
      ['Archive', 'Not archived'],
      ['Duplicate', 'Not duplicated'],
      ['Delete', 'Not deleted'],
    ]) {
      await act(name);
      await row.getByText(`${said}: Another program`).waitFor();
    }
    await held.release();
    await act('Archive');
    await row.waitFor({ state: 'hidden' });
  });
});

describe('a library whose file is taken away', () => {
  it('is there after the next start, and the page says what happened', async () => {
    const folder = newPlace();
    const { page } = await start(folder);
    await page.getByTestId('preset-clean-directions').click();
    await page.getByTestId('status-saved').waitFor();
    execFileSync('rm', [join(folder, 'library.sqlite')]);
    await writeNote(page, 'After the removal');
    await page.getByText('had been removed. It was written out again').waitFor();
    await page.getByTestId('status-saved').waitFor();
    execFileSync('rm', [join(folder, 'library.sqlite')]);
    const { page: again } = await start(folder);
    expect((await draftsOf(again))[0].notes).toBe('After the removal');
  });
});

/** A library of its own place, apart from the window's profile, as without SGDLAB_DATA. */
const ownPlace = (library: string, profile: string) => ({
  SGDLAB_DATA: undefined,
  XDG_DATA_HOME: library,
  XDG_CONFIG_HOME: profile,
});

describe('a library that is moved', () => {
  it('is loaded anew: another library in the chosen folder shows its own studies, and what was open is not lost', async () => {
    const other = newPlace();
    const first = await start(other);
    await first.page.getByTestId('preset-clean-directions').click();
    await first.page.getByTestId('study-name').fill('Of the other library');
    await first.page.getByTestId('status-saved').waitFor();

    const environment = ownPlace(newPlace(), newPlace());
    const { app, page } = await start('', environment);
    await page.getByTestId('preset-power-laws').click();
    await writeNote(page, 'Typed before moving');
    await answerDialogs(app, { open: [other] });
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
    });
    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: /^Move to another/ }).click();
    await page.locator('button[data-testid^="study-"]', { hasText: 'Of the other library' }).waitFor();
    await expect.poll(() => page.locator('[data-testid^="study-row-"]').count()).toBe(1);
    await openStudy(page, 'Of the other library');
    await writeNote(page, 'Typed after moving');
    await page.getByTestId('status-saved').waitFor();
    await stop();
    const { page: stayed } = await start(join(environment.XDG_DATA_HOME, 'sgdlab'));
    expect((await draftsOf(stayed))[0].notes).toBe('Typed before moving');
  });
});

describe('a full disk', () => {
  const mounted: string[] = [];
  afterAll(() => mounted.forEach((folder) => execFileSync('umount', ['-l', folder])));

  it('is called so; what is not saved is kept elsewhere, and deleting makes room', async (context) => {
    const disk = newPlace();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('this machine does not let the test mount a small disk');
    }
    mounted.push(disk);
    const profile = newPlace();
    const { app, page } = await start('', ownPlace(disk, profile));
    const large = { name: 'Large', notes: 'x'.repeat(900_000), experiments: [] };
    await page.evaluate((draft) => window.lab.createStudy({ kind: 'draft', draft }), large);
    await page.getByTestId('preset-clean-directions').click();
    await page.getByTestId('status-saved').waitFor();
    mkdirSync(join(disk, 'filler'));
    expect(() => {
      for (let k = 0; ; k++) writeFileSync(join(disk, 'filler', String(k)), new Uint8Array(4096));
    }).toThrow(/ENOSPC/);
    // what the log has room for is still saved
    let note = '';
    for (const letter of 'abcdefgh') {
      note = letter.repeat(700_000);
      await writeNote(page, note);
      await page.getByTestId('status-saved').or(page.getByTestId('status-not-saved')).waitFor();
      if ((await page.getByTestId('status-not-saved').count()) > 0) break;
    }
    await expect
      .poll(() => page.getByTestId('status-not-saved').textContent(), { timeout: 20_000 })
      .toBe('Not saved: The disk is full');
    expect(await page.getByTestId('status-not-saved').getAttribute('title')).toContain(profile);
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
    });
    // by the page itself: leaving the study would ask
    const purged = await page.evaluate(async () => {
      const found = await window.lab.listStudies({ search: '', archived: false });
      const id = found.find(({ name }) => name === 'Large')?.id ?? '';
      await window.lab.deleteStudy({ id });
      return window.lab.emptyBin();
    });
    expect(purged).toEqual({ ok: true, value: 1 });
    await page.getByTestId('save-retry').click();
    await page.getByTestId('status-saved').waitFor({ timeout: 40_000 });
    expect(statSync(join(disk, 'sgdlab', 'library.sqlite')).size).toBeGreaterThan(700_000);
    await stop();
    const { page: again } = await start('', ownPlace(disk, profile));
    expect((await draftsOf(again))[0].notes).toBe(note);
    await stop();
  });
});
