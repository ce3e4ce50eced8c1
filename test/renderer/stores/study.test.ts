import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answer } from '../../../src/api/types.ts';
import { refusal } from '../../../src/refusal/refusal.ts';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { useToasts } from '../../../src/renderer/stores/toasts.ts';
import { replaceLab } from '../../../src/renderer/lab.ts';
import { useFakeLab, type FakeLab } from '../support/fake-lab.ts';

let lab: FakeLab;
beforeEach(() => {
  vi.useFakeTimers();
  lab = useFakeLab();
  lab.add('s', { name: 'Study', notes: '', experiments: [emptyExperiment('one', 'One')] });
});

const saves = () => lab.calls.filter((call) => call.name === 'saveStudy').length;
async function opened() {
  const study = useStudy();
  await study.open('s');
  return study;
}

describe('the open study', () => {
  it('saves by itself once typing pauses, and once for a burst', async () => {
    const study = await opened();
    for (const name of ['A', 'Ab', 'Abc']) study.change({ ...study.draft, name }, 'name');
    expect(study.saving.kind).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1000);
    expect(saves()).toBe(1);
    expect(lab.studies.get('s')?.draft.name).toBe('Abc');
    expect(study.saving.kind).toBe('saved');
  });

  it('saves what was typed while a save was under way', async () => {
    const study = await opened();
    replaceLab({
      ...lab.api,
      async saveStudy(change) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        return lab.api.saveStudy(change);
      },
    });
    study.change({ ...study.draft, name: 'A' });
    await vi.advanceTimersByTimeAsync(400);
    expect(study.saving.kind).toBe('saving');
    study.change({ ...study.draft, name: 'B' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(lab.studies.get('s')?.draft.name).toBe('B');
    expect(lab.studies.get('s')?.revision).toBe(2);
  });

  it('takes its troubles along when it is left, and no others', async () => {
    const study = await opened();
    const toasts = useToasts();
    toasts.trouble('The library was written anew.');
    replaceLab({
      ...lab.api,
      run: () => Promise.resolve({ ok: false, refusals: [refusal('one', 'said', { text: 'no' })] }),
    });
    expect(await study.run(['one'])).toBe(false);
    expect(toasts.toasts.map(({ tone }) => tone)).toEqual(['bad', 'bad']);
    await study.close();
    expect(toasts.toasts.map(({ text }) => text)).toEqual(['The library was written anew.']);
  });

  it('saves before it is closed', async () => {
    const study = await opened();
    study.change({ ...study.draft, name: 'A' });
    await study.close();
    expect(lab.studies.get('s')?.draft.name).toBe('A');
  });

  it('never overwrites what somebody else saved in between: it asks', async () => {
    const study = await opened();
    const stored = lab.studies.get('s');
    if (stored) Object.assign(stored, { draft: { ...stored.draft, name: 'Theirs' }, revision: 7 });
    study.change({ ...study.draft, name: 'Mine' });
    await vi.advanceTimersByTimeAsync(5000);
    expect(study.saving.kind).toBe('conflict');
    expect(stored?.draft.name).toBe('Theirs');
    await study.settle('mine');
    await vi.advanceTimersByTimeAsync(1000);
    expect(stored?.draft.name).toBe('Mine');
    expect(study.saving.kind).toBe('saved');
  });

  it('takes the stored one when that is chosen', async () => {
    const study = await opened();
    const stored = lab.studies.get('s');
    if (stored) Object.assign(stored, { draft: { ...stored.draft, name: 'Theirs' }, revision: 7 });
    study.change({ ...study.draft, name: 'Mine' });
    await vi.advanceTimersByTimeAsync(1000);
    await study.settle('theirs');
    expect(study.draft.name).toBe('Theirs');
  });

  it('undoes and redoes edits, and saves the outcome', async () => {
    const study = await opened();
    study.changeExperiment('one', (draft) => ({ ...draft, horizon: 9 }), 'horizon');
    study.change({ ...study.draft, name: 'A' });
    study.undo();
    study.undo();
    expect(study.draft.experiments[0].horizon).toBe(50);
    expect(study.canUndo).toBe(false);
    study.redo();
    expect(study.draft.experiments[0].horizon).toBe(9);
    await vi.advanceTimersByTimeAsync(1000);
    expect(lab.studies.get('s')?.draft.experiments[0].horizon).toBe(9);
    expect(lab.studies.get('s')?.draft.name).toBe('Study');
  });

  it('says why a damaged study cannot be read', async () => {
    lab.add('d', { name: 'D', notes: '', experiments: [] }, { damage: 'checksum' });
    const study = useStudy();
    await study.open('d');
    expect(study.state).toEqual({ kind: 'damaged', id: 'd', refusals: [refusal('', 'said', { text: 'checksum' })] });
  });

  it('saves before it runs', async () => {
    const study = await opened();
    study.changeExperiment('one', (draft) => ({ ...draft, horizon: 3 }));
    await study.run(['one']);
    const order = lab.calls.map((call) => call.name).filter((name) => name === 'saveStudy' || name === 'run');
    expect(order).toEqual(['saveStudy', 'run']);
  });
});

describe('a study that cannot be saved', () => {
  /** Saves fail from now on, by an exception or by a refusal, until `mend`. */
  function broken(how: () => Promise<never> | Answer<never>) {
    replaceLab({ ...lab.api, saveStudy: async () => how() });
    return { mend: () => replaceLab(lab.api) };
  }
  const thrown = () =>
    Promise.reject(new Error("Error invoking remote method 'lab:command': LibraryError: The disk is full"));
  const refused = (message: string) => () => ({
    ok: false as const,
    refusals: [refusal('', 'said', { text: message })],
  });

  it.each([
    ['an exception', thrown],
    ['a refusal', refused('The disk is full')],
  ])('says so with the reason after %s, keeps the document, and tries again by itself', async (_, how) => {
    const study = await opened();
    const { mend } = broken(how);
    study.change({ ...study.draft, notes: 'Typed' });
    await vi.advanceTimersByTimeAsync(400);
    expect(study.saving).toMatchObject({ kind: 'failed', reason: 'The disk is full' });
    expect([...lab.kept.values()].map(({ study: kept }) => (kept as { notes: string }).notes)).toEqual(['Typed']);
    study.change({ ...study.draft, notes: 'Typed on' });
    await vi.advanceTimersByTimeAsync(400);
    expect([...lab.kept.values()].map(({ study: kept }) => (kept as { notes: string }).notes)).toEqual(['Typed on']);
    mend();
    await vi.advanceTimersByTimeAsync(40_000);
    expect(study.saving.kind).toBe('saved');
    expect(lab.studies.get('s')?.draft.notes).toBe('Typed on');
    expect(lab.kept.size).toBe(0);
  });

  it('says that it could not be kept elsewhere either', async () => {
    const study = await opened();
    replaceLab({ ...lab.api, saveStudy: thrown, keepDraft: thrown });
    study.change({ ...study.draft, notes: 'Typed' });
    await vi.advanceTimersByTimeAsync(400);
    expect(study.saving).toEqual({ kind: 'failed', reason: 'The disk is full', kept: null });
  });

  it('is left only after asking, and stays when that is chosen', async () => {
    const study = await opened();
    broken(thrown);
    study.change({ ...study.draft, notes: 'Typed' });
    const left = study.close();
    await vi.advanceTimersByTimeAsync(10);
    expect(study.question?.reason).toBe('The disk is full');
    study.question?.answer('stay');
    expect(await left).toBe(false);
    expect(study.draft.notes).toBe('Typed');
    expect(study.state.kind).toBe('open');
  });

  it('is left without another word when it could be saved while it was asked about', async () => {
    const study = await opened();
    const { mend } = broken(thrown);
    study.change({ ...study.draft, notes: 'Typed' });
    const left = study.close();
    await vi.advanceTimersByTimeAsync(10);
    mend();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await left).toBe(true);
    expect(lab.studies.get('s')?.draft.notes).toBe('Typed');
    expect(study.question).toBe(null);
  });

  it('leaves nothing behind when it is discarded', async () => {
    const study = await opened();
    broken(thrown);
    study.change({ ...study.draft, notes: 'Typed' });
    const left = study.close();
    await vi.advanceTimersByTimeAsync(10);
    study.question?.answer('discard');
    expect(await left).toBe(true);
    expect(lab.kept.size).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lab.kept.size).toBe(0);
  });

  it('asks again when the copy was not saved, and is left when it was', async () => {
    const study = await opened();
    const files: string[] = [];
    let answers: (null | { ok: true; value: string })[] = [null, { ok: true, value: '/copy.json' }];
    replaceLab({
      ...lab.api,
      saveStudy: thrown,
      async saveFile({ bytes }) {
        files.push(new TextDecoder().decode(bytes));
        const [answer, ...rest] = answers;
        answers = rest;
        return answer;
      },
    });
    study.change({ ...study.draft, notes: 'Typed' });
    const left = study.close();
    await vi.advanceTimersByTimeAsync(10);
    study.question?.answer('copy');
    await vi.advanceTimersByTimeAsync(10);
    study.question?.answer('copy');
    expect(await left).toBe(true);
    expect(JSON.parse(files[1])).toMatchObject({ format: 'sgdlab-study', version: 1, notes: 'Typed' });
  });

  it('is not run in its older state', async () => {
    const study = await opened();
    broken(thrown);
    study.change({ ...study.draft, notes: 'Typed' });
    expect(await study.run(['one'])).toBe(false);
    expect(lab.calls.map(({ name }) => name)).not.toContain('run');
  });

  it('keeps the text where the study is not in the library any more, whatever is chosen', async () => {
    const study = await opened();
    const stored = lab.studies.get('s');
    if (stored) stored.revision = 7;
    study.change({ ...study.draft, notes: 'Typed' });
    await vi.advanceTimersByTimeAsync(400);
    expect(study.saving.kind).toBe('conflict');
    expect(lab.kept.size).toBe(1);
    const gone = 'there is no such study in the library';
    replaceLab({
      ...lab.api,
      openStudy: async () => refused(gone)(),
      saveStudy: async () => refused(gone)(),
    });
    for (const choice of ['mine', 'theirs'] as const) {
      await study.settle(choice);
      expect(study.state.kind).toBe('open');
      expect(study.draft.notes).toBe('Typed');
      expect(study.saving).toMatchObject({ kind: 'failed', reason: gone });
    }
  });

  it('gives one’s own text back by undo after the stored one was taken', async () => {
    const study = await opened();
    const stored = lab.studies.get('s');
    if (stored) Object.assign(stored, { draft: { ...stored.draft, notes: 'Theirs' }, revision: 7 });
    study.change({ ...study.draft, notes: 'Mine' });
    await vi.advanceTimersByTimeAsync(1000);
    await study.settle('theirs');
    study.undo();
    expect(study.draft.notes).toBe('Mine');
    await vi.advanceTimersByTimeAsync(1000);
    expect(stored?.draft.notes).toBe('Mine');
  });
});
