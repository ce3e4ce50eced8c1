/** What an earlier session has kept, offered at the start: the page over the real library. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type EndedCurve } from '../../src/lab/jobs/runner.ts';
import { draftPlaces } from '../../src/main/kept-drafts.ts';
import { keepResults } from '../../src/main/kept-results.ts';
import App from '../../src/renderer/App.vue';
import { texts } from '../../src/text/texts.ts';
import { studyFileOf } from '../../src/study/draft.ts';
import { useStudy } from '../../src/renderer/stores/study.ts';
import { lab } from '../../src/renderer/lab.ts';
import { binary, resultsFor, studyOf } from '../lab/synthetic.ts';
import { eventually } from '../renderer/support/eventually.ts';
import { useRealLab, type RealLab } from './real-lab.ts';

let real: RealLab;
let page: VueWrapper | undefined;
beforeEach(() => {
  real = useRealLab();
});
afterEach(async () => {
  await useStudy().close();
  page?.unmount();
  document.body.replaceChildren();
  await real.remove();
});

async function start(): Promise<void> {
  page = mount(App, { attachTo: document.body });
  await eventually(() => expect(all('kept')).toHaveLength(1));
}
const all = (testid: string) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
async function press(element: HTMLElement | undefined): Promise<void> {
  element?.click();
  await flushPromises();
}

it('of two drafts of one study the older says so, and is restored only when that is said once more', async () => {
  const draft = { name: 'Twice', notes: 'stored', experiments: [] };
  const id = await lab().createStudy({ kind: 'draft', draft });
  const keep = (since: number, notes: string) =>
    lab().keepDraft({ studyId: id, since, text: JSON.stringify(studyFileOf({ ...draft, notes })) });
  await keep(1, 'older');
  const { saved } = (await lab().keptDrafts())[0];
  await eventually(() => expect(Date.now()).toBeGreaterThan(saved));
  await keep(2, 'younger');
  await start();
  expect(all('kept-restore')).toHaveLength(2);
  expect(all('kept-older').map((each) => each.textContent)).toEqual([
    expect.stringMatching(/^An older state: there is a younger one of this study/),
  ]);
  const [, older] = all('kept-restore');
  await press(older);
  expect(useStudy().state.kind).not.toBe('open');
  expect(all('kept-older')[0].textContent).toMatch(/^The study goes back to this older state/);
  await press(older);
  await eventually(() => expect(useStudy().draft.notes).toBe('older'));
  // the younger one is still there
  expect((await lab().keptDrafts()).map(({ study }) => (study as { notes: string }).notes)).toContain('younger');
});

it('results that the library had not taken are offered, imported as a study, and their file goes', async () => {
  const { folder } = real.lab.library;
  const [experiment] = studyOf([binary]).experiments;
  const { frame, curves } = resultsFor(experiment);
  const ended = curves.map((curve) => ({ studyId: 's', experiment, frame, curve }) as unknown as EndedCurve);
  const [sentence] = keepResults(ended, draftPlaces(folder, folder), () => 'Held: back', texts('ja'));
  expect(sentence).toMatch(/^ライブラリが「Held: back」の結果 .* 件を受け付けませんでした.*\.sgdlab$/);
  await start();
  expect(all('kept-results').map((each) => each.textContent)).toEqual([expect.stringContaining('Held- back')]);
  await press(all('kept-results-take')[0]);
  await eventually(() => expect(all('kept')).toHaveLength(0));
  expect(readdirSync(join(folder, 'unsaved'))).toEqual([]);
  const [made] = await lab().listStudies({ search: '', archived: false });
  expect(made).toMatchObject({ name: 'Held: back', curves: curves.length });
  await eventually(() => expect(all(`study-${made.id}`)).toHaveLength(1));
});

it('a path that is not of the list is neither imported nor removed', async () => {
  const library = join(real.lab.library.folder, 'library.sqlite');
  expect(await lab().takeKeptResults({ path: library })).toMatchObject({ ok: false });
  await lab().dropKeptResults({ path: library });
  expect(existsSync(library)).toBe(true);
});
