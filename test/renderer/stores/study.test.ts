import { beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
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
    expect(study.state).toEqual({ kind: 'damaged', id: 'd', problems: [{ path: '', message: 'checksum' }] });
  });

  it('saves before it runs', async () => {
    const study = await opened();
    study.changeExperiment('one', (draft) => ({ ...draft, horizon: 3 }));
    await study.run(['one']);
    const order = lab.calls.map((call) => call.name).filter((name) => name === 'saveStudy' || name === 'run');
    expect(order).toEqual(['saveStudy', 'run']);
  });
});
