/** Files that are imported once more, and studies at a glance, over the real library. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { recentFiles } from '../../src/main/came-from.ts';
import { glanceAt } from '../../src/main/glance.ts';
import { Laboratory } from '../../src/main/laboratory.ts';
import { presets } from '../../src/study/presets/presets.ts';
import { parseStudy, requireParsed } from '../../src/study/parse.ts';
import { curveOf } from '../lab/synthetic.ts';
import { ThreadlessPool } from '../lab/threadless-pool.ts';

let folder: string;
let lab: Laboratory;
let known: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sgdlab-came-from-'));
  known = [];
  lab = new Laboratory(
    folder,
    () => new ThreadlessPool(),
    (name, payload) => name === 'known' && known.push((payload as { path: string }).path),
  );
});
afterEach(async () => {
  await lab.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
});

const study = presets[0].study();
function file(name: string, value: unknown = study): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
}
async function imported(path: string, again = false): Promise<string> {
  const answer = await lab.importFiles([path], again);
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals));
  return answer.value[0];
}
const count = () => lab.library.listStudies({ search: '', archived: false }).length;

it('a file that is a study already gives that one and says so; again gives another; deleted, it is imported anew', async () => {
  const first = await imported(file('a.json'));
  expect(await imported(file('same-bytes.json'))).toBe(first);
  expect([known.length, count()]).toEqual([1, 1]);
  const second = await imported(file('a.json'), true);
  expect(count()).toBe(2);
  lab.library.deleteStudy(first);
  lab.library.deleteStudy(second);
  expect([first, second]).not.toContain(await imported(file('a.json')));
  expect(await imported(file('other.json', { ...study, name: 'Other' }))).not.toBe(first);
  expect(recentFiles(lab.library).map((path) => path.slice(folder.length + 1))).toEqual([
    'other.json',
    'a.json',
    'same-bytes.json',
  ]);
});

it('copies are numbered', async () => {
  const id = await imported(file('a.json', { ...study, name: 'Run' }));
  lab.create({ kind: 'copy', id });
  const third = lab.create({ kind: 'copy', id });
  const names = lab.library.listStudies({ search: '', archived: false }).map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(['Run', 'Run (2)', 'Run (3)']));
  lab.create({ kind: 'copy', id: third });
  expect(lab.library.listStudies({ search: 'Run (4)', archived: false })).toHaveLength(1);
});

it('a glance counts the states of experiments, and draws the risk that is stored', async () => {
  const id = await imported(file('a.json'));
  const { experiments } = requireParsed(parseStudy(study));
  expect(glanceAt(lab.library, id)).toEqual({ states: { none: experiments.length }, curves: [] });
  lab.library.storeCurve(id, experiments[0], curveOf(experiments[0], { kind: 'ode' }));
  const glance = glanceAt(lab.library, id);
  expect(glance?.states).toEqual({ partial: 1, none: experiments.length - 1 });
  expect(glance?.curves).toHaveLength(1);
  expect(glance?.curves[0].length).toBeGreaterThan(4);
});
