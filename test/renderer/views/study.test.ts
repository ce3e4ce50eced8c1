import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { pageCommands } from '../../../src/api/page-commands.ts';
import App from '../../../src/renderer/App.vue';
import { keysOf, workKey } from '../../../src/core/experiment/identity.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import { type Curve } from '../../../src/study/experiment-results.ts';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';
import { ownExperiments, withSweep } from '../../../src/renderer/draft/sweep.ts';
import { keysOfDraft } from '../../../src/renderer/draft/validate.ts';
import { emptyResults } from '../../../src/renderer/stores/live.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { useView } from '../../../src/renderer/stores/view.ts';
import { axeViolations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { useFakeLab, type FakeLab } from '../support/fake-lab.ts';

let mounted: VueWrapper | undefined;
afterEach(async () => {
  mounted?.unmount();
  // a save that is still waiting belongs to this test’s library
  await useStudy().close();
  await useView().leave();
});

async function openStudy(
  experiments = [emptyExperiment('one', 'One'), emptyExperiment('two', 'Two')],
  prepare: (lab: FakeLab) => void = () => {},
) {
  const lab = useFakeLab();
  prepare(lab);
  lab.add('s', { name: 'Study', notes: '', experiments });
  const wrapper = mount(App, { attachTo: document.body });
  mounted = wrapper;
  await flushPromises();
  await wrapper.get('[data-testid="study-s"]').trigger('click');
  await flushPromises();
  const press = async (key: string, options: KeyboardEventInit = {}) => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options }));
    await flushPromises();
  };
  return { lab, wrapper, press, study: useStudy(), view: useView() };
}

describe('the results of settings that SGD diverges with', () => {
  it('say what overflowed and which setting is behind it, and that the theory does not show it', async () => {
    const draft = setAt(emptyExperiment('one', 'One'), ['optimizer', 'ridge'], 1e6);
    const parsed = parseExperiment(draft);
    const empty = parsed.ok ? emptyResults(parsed.value) : null;
    if (!empty) throw new Error('the test’s experiment does not parse');
    const keys = keysOf(empty.experiment);
    const source = { kind: 'simulation' as const, run: 0 };
    const curve: Curve = {
      source,
      key: workKey(keys, source),
      rows: new Float64Array(empty.frame.t.length * empty.frame.layout.size).fill(1),
      points: 2,
      outcome: { status: 'diverged', t: 0.5, quantity: 'norm', value: Infinity },
      report: { origin: null, seconds: 0.1, details: {} },
    };
    const { wrapper, study } = await openStudy([draft], (lab) => {
      const results = { ...empty, curves: [curve] };
      lab.answers.results = () => ({ key: keys.description, results, standing: 'current' });
    });
    expect(study.state.kind).toBe('open');
    await eventually(() => expect(wrapper.find('[data-testid="warnings"]').exists()).toBe(true));
    expect(wrapper.get('[data-testid="warnings"]').text()).toMatch(/^One: γδ\/d = [\d,]+ is above 2: every step/);
    expect(wrapper.get('[data-testid="troubles"]').text()).toMatch(
      /^One: .* diverged at t = 0\.5: norm = ∞, from Ridge δ \(optimizer\.ridge\) = 1000000\.$/,
    );
  });
});

describe('the keys of commands', () => {
  const strokes = Object.values(pageCommands).flatMap((command) => ('keys' in command ? [command.keys] : []));
  const stroke = (keys: string): [string, KeyboardEventInit] => {
    const parts = keys.split('+');
    const held = parts.slice(0, -1);
    return [
      parts[parts.length - 1],
      { ctrlKey: held.includes('Mod'), shiftKey: held.includes('Shift'), altKey: held.includes('Alt') },
    ];
  };

  it.each(strokes)('%s does what it does without an error', async (keys) => {
    const { press } = await openStudy();
    const errors: unknown[] = [];
    const heard = (event: PromiseRejectionEvent | ErrorEvent) => errors.push(event);
    window.addEventListener('error', heard);
    await press(...stroke(keys));
    window.removeEventListener('error', heard);
    expect(errors).toEqual([]);
  });

  it('a new study has its first experiment, as by the button', async () => {
    const { press, study } = await openStudy();
    await press(...stroke(pageCommands.new.keys));
    await eventually(() => expect(study.draft.experiments).toHaveLength(1));
    expect(study.id).not.toBe('s');
  });
});

describe('the study screen', () => {
  it('shows experiments, the editor of the selected one, and what there is to run', async () => {
    const { wrapper } = await openStudy();
    expect(wrapper.findAll('[data-testid^="experiment-"]')).toHaveLength(2);
    expect(wrapper.get('[data-testid="run"]').text()).toMatch(/^Run 2(?! changed)/);
    expect(wrapper.get('[data-testid="results-empty"]').text()).toContain('Nothing has been run yet');
    expect(wrapper.find('[data-testid="status-saved"]').exists()).toBe(true);
  });

  it('renames the study in place', async () => {
    const { wrapper, lab, study } = await openStudy();
    await wrapper.get('[data-testid="study-name"]').setValue('Renamed');
    await study.flush();
    expect(lab.studies.get('s')?.draft.name).toBe('Renamed');
  });

  it('deletes an experiment and brings it back to its place', async () => {
    const { wrapper, press, study } = await openStudy();
    await press('Backspace', { ctrlKey: true });
    expect(study.draft.experiments.map((draft) => draft.id)).toEqual(['two']);
    await wrapper.get('[data-testid="toast-action"]').trigger('click');
    expect(study.draft.experiments.map((draft) => draft.id)).toEqual(['one', 'two']);
  });

  it("gives no new experiment an id that is of the form of the sweep's", async () => {
    const { press, study, view } = await openStudy([emptyExperiment('experiment', 'One')]);
    const { id: _id, name: _name, ...base } = emptyExperiment('x', 'X');
    const axis = { parameter: 'horizon', range: { kind: 'values' as const, values: [1, 2] } };
    study.change(withSweep(study.draft, { id: 'experiment', axes: [axis], base }));
    view.selected = 'experiment';
    await press('d', { ctrlKey: true });
    expect(ownExperiments(study.draft).map(({ id }) => id)).toEqual(['experiment', 'experiment-own']);
  });

  it('duplicates under a new id and name, and selects the copy', async () => {
    const { press, study, view } = await openStudy();
    await press('d', { ctrlKey: true });
    expect(study.draft.experiments.map((draft) => draft.id)).toEqual(['one', 'one-2', 'two']);
    expect(study.draft.experiments[1].name).toBe('One (2)');
    expect(view.selected).toBe('one-2');
  });

  it('undoes and redoes from the keyboard', async () => {
    const { press, study } = await openStudy();
    await press('e', { ctrlKey: true });
    expect(study.draft.experiments).toHaveLength(3);
    await press('z', { ctrlKey: true });
    expect(study.draft.experiments).toHaveLength(2);
    await press('Z', { ctrlKey: true, shiftKey: true });
    expect(study.draft.experiments).toHaveLength(3);
  });

  it('overlays all experiments, or those that are checked', async () => {
    const { wrapper, view } = await openStudy();
    await wrapper.get('[data-testid="overlay-two"]').trigger('click');
    expect(view.shown).toEqual(['one', 'two']);
    await wrapper.get('[data-testid="overlay-all"]').trigger('click');
    expect(view.shown).toEqual(['one']);
  });

  it('runs from the keyboard, shows progress, and offers to cancel', async () => {
    const { wrapper, press, lab, study } = await openStudy();
    const keys = keysOfDraft(study.draft.experiments[0]);
    if (!keys) throw new Error('the test’s experiment does not parse');
    await press('Enter', { ctrlKey: true });
    lab.emit('job', {
      id: 'job-1',
      studyId: 's',
      state: { kind: 'running', paused: false },
      fraction: 0.5,
      secondsLeft: 14,
      experiments: [{ experimentId: 'one', keys, fraction: 0.75, finishedRuns: 9, askedRuns: 12, t: 31, horizon: 50 }],
    });
    await flushPromises();
    expect(wrapper.get('[data-testid="experiment-one"]').text()).toContain('9 of 12 runs · 14 s left');
    expect(wrapper.get('.status').text()).toContain('One: run 10 of 12, t = 31 of 50');
    // an edit makes it another experiment, which is not what runs
    study.changeExperiment('one', (draft) => setAt(draft, ['simulation', 'seed'], 99));
    await flushPromises();
    expect(wrapper.get('[data-testid="experiment-one"]').text()).not.toContain('9 of 12 runs');
    await wrapper.get('[data-testid="cancel"]').trigger('click');
    expect(lab.calls.map((call) => call.name)).toContain('cancelJob');
  });

  it('does not offer to run what does not parse, and says what to correct', async () => {
    const { wrapper, study } = await openStudy([emptyExperiment('one', 'One')]);
    study.changeExperiment('one', (draft) => ({ ...draft, horizon: 'x' }));
    await flushPromises();
    expect(wrapper.get('[data-testid="run"]').attributes('disabled')).toBeDefined();
    expect(wrapper.get('[data-testid="experiment-one"]').text()).toContain('1 setting to correct');
    expect(wrapper.get('[data-testid="results-empty"]').text()).toContain(
      'horizon: expected a finite number > 0, got "x"',
    );
  });

  it('goes back to the library with everything saved', async () => {
    const { wrapper, lab } = await openStudy();
    await wrapper.get('[data-testid="study-name"]').setValue('Kept');
    await wrapper.get('[data-testid="back"]').trigger('click');
    await flushPromises();
    expect(lab.studies.get('s')?.draft.name).toBe('Kept');
    expect(wrapper.find('[data-testid="library"]').exists()).toBe(true);
  });

  it.each(['results', 'table', 'notes'] as const)(
    'has no accessibility violation in its tab %s',
    async (tab) => {
      const { wrapper, view } = await openStudy();
      view.tab = tab;
      await flushPromises();
      expect(await axeViolations(wrapper.element)).toEqual([]);
    },
    60_000,
  );

  it('finds commands and entries of menus in the palette', async () => {
    const { press, view, study } = await openStudy();
    await press('k', { ctrlKey: true });
    const filter = document.querySelector<HTMLInputElement>('[data-testid="palette"] input');
    expect(filter).not.toBeNull();
    if (!filter) return;
    filter.value = 'table';
    filter.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
    const options = [...document.querySelectorAll<HTMLElement>('[data-testid="palette"] [role="option"]')];
    expect(options.map((option) => option.textContent)).toContain('Show the table Ctrl+3');
    expect(view.tab).toBe('results');
    // an entry of a menu, by letters of its words
    filter.value = 'two dupl';
    filter.dispatchEvent(new Event('input', { bubbles: true }));
    await flushPromises();
    document.querySelector<HTMLElement>('[data-testid="palette"] [role="option"]')?.click();
    await flushPromises();
    expect(study.draft.experiments.map(({ name }) => name)).toEqual(['One', 'Two', 'Two (2)']);
  });
});
