import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scheduleKinds } from '../../../src/core/schedule/schedule-kinds.ts';
import { averageKinds } from '../../../src/core/update/average/average-kinds.ts';
import { methodKinds } from '../../../src/core/update/method/method-kinds.ts';
import { spectrumKinds } from '../../../src/core/model/spectrum/spectrum-kinds.ts';
import { lossKinds } from '../../../src/core/loss/loss-spec.ts';
import { npyFile } from '../../../src/study/npy.ts';
import ExperimentEditor from '../../../src/renderer/components/editor/ExperimentEditor.vue';
import {
  emptyExperiment,
  labelsChoices,
  withLabels,
  withAverage,
  withLoss,
  withMethod,
  withSchedule,
  withSpectrum,
} from '../../../src/renderer/draft/experiment.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';
import { setLocale } from '../../../src/renderer/i18n/index.ts';
import { useStudy } from '../../../src/renderer/stores/study.ts';
import { type ExperimentDraft } from '../../../src/api/types.ts';
import { axeViolations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { useFakeLab } from '../support/fake-lab.ts';

// a save that is still waiting belongs to its own test’s library
afterEach(() => {
  useStudy().close();
  setLocale('en');
});

async function open(draft: ExperimentDraft = emptyExperiment('one', 'One')) {
  const lab = useFakeLab();
  lab.add('s', { name: 'S', notes: '', experiments: [draft] });
  const study = useStudy();
  await study.open('s');
  const wrapper = mount(
    {
      components: { ExperimentEditor },
      setup: () => ({ study }),
      template: '<ExperimentEditor :draft="study.draft.experiments[0]" />',
    },
    { attachTo: document.body },
  );
  const field = (path: string) => wrapper.get(`[data-field="${path}"]`);
  const input = (path: string) => (field(path).element.tagName === 'INPUT' ? field(path) : field(path).get('input'));
  return { study, wrapper, input, model: () => study.draft.experiments[0].model as Record<string, unknown> };
}

describe('the experiment editor', () => {
  beforeEach(() => document.body.replaceChildren());

  it('writes what is typed into the draft as a number', async () => {
    const { input, model } = await open();
    await input('model.dimension').setValue('1200');
    expect(model().dimension).toBe(1200);
  });

  describe('rows from a file', () => {
    const custom = () => withSpectrum({ ...setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], 3) }, 'custom');
    async function choose(name: string, content: string | Uint8Array<ArrayBuffer>) {
      const opened = await open(custom());
      const input = opened.wrapper.get('[data-testid="rows-file"]');
      Object.defineProperty(input.element, 'files', { value: [new File([content], name)] });
      await input.trigger('change');
      await flushPromises();
      await flushPromises();
      return opened;
    }
    const eigenvalues = (model: Record<string, unknown>) => (model.spectrum as { eigenvalues: number[][] }).eigenvalues;

    it('are taken with their shape said, transposed where that alone fits', async () => {
      const { model, wrapper } = await choose('k.csv', '3,4\n2,5\n1,6');
      expect(eigenvalues(model())).toEqual([
        [3, 2, 1],
        [4, 5, 6],
      ]);
      expect(wrapper.get('[role="status"]').text()).toBe('k.csv: 3 × 2 numbers, columns taken as rows');
    });

    it('may be .npy', async () => {
      const { model } = await choose('k.npy', npyFile([2, 3], Float64Array.of(1, 2, 3, 4, 5, 6)));
      expect(eigenvalues(model())[1]).toEqual([4, 5, 6]);
    });

    it('say what is changed on the way', async () => {
      const { model, wrapper } = await choose('k.csv', ',a,b,c\nx,1,2,-1e-17\ny,4,5,6');
      expect(eigenvalues(model())).toEqual([
        [1, 2, 0],
        [4, 5, 6],
      ]);
      expect(wrapper.get('[role="status"]').text()).toBe(
        'k.csv: 2 × 3 numbers, line 1 is a header and is left out: "", "a", "b", …, ' +
          'column 1 is an index and is left out: "x", "y", 1 negative entry of the size of rounding counts as 0',
      );
    });

    it('are refused with place, reason and remedy', async () => {
      const { wrapper } = await choose('k.csv', '1,2,3\n4,5,-6');
      expect(wrapper.text()).toContain(
        'k.csv, line 2, entry 3: expected a finite number >= 0, got -6; eigenvalues of a covariance are not negative',
      );
    });

    it('are refused in Japanese to a Japanese reader', async () => {
      const { wrapper } = await choose('k.csv', '1,2,3\n4,5,-6');
      setLocale('ja');
      await flushPromises();
      expect(wrapper.text()).toContain(
        'k.csv, 2 行目の 3 番目: 有限の数 >= 0が必要です(現在: -6)。共分散の固有値は負になりません',
      );
    });

    it('are refused naming the file, the entry and what is allowed, and change nothing', async () => {
      const { model, wrapper } = await choose('k.csv', '1,2,3\n4,inf,6');
      expect(wrapper.text()).toContain('k.csv, line 2, entry 2: expected a finite number, got "inf"');
      expect(eigenvalues(model())).toEqual(eigenvalues(custom().model as Record<string, unknown>));
    });
  });

  it('warns of a rate above the stability threshold', async () => {
    const { input, wrapper } = await open(withLoss(emptyExperiment('one', 'One'), 'binary-least-squares'));
    const stability = () => wrapper.find('[data-testid="stability"]');
    await eventually(() => expect(stability().text()).toContain('Stable'));
    const warning = () => wrapper.find('[data-testid="warning"]');
    expect(warning().exists()).toBe(false);
    await input('optimizer.schedule.rate').setValue('100');
    await eventually(() =>
      expect(warning().text()).toMatch(/^γ = 100 is above [\d.]+, the stability threshold of SGD/),
    );
    expect(stability().exists()).toBe(false);
  });

  it('keeps text that is no number in the field and in the draft, with the parser’s words beside it', async () => {
    const { input, model, wrapper } = await open();
    await input('model.dimension').setValue('12x');
    expect(model().dimension).toBe('12x');
    expect((input('model.dimension').element as HTMLInputElement).value).toBe('12x');
    expect(input('model.dimension').attributes('aria-invalid')).toBe('true');
    expect(wrapper.get('[role="alert"]').text()).toContain('expected a whole number from 1 to 1000000000, got "12x"');
  });

  it('says in Japanese what is wrong with a number, to a Japanese reader', async () => {
    const { input, wrapper } = await open();
    setLocale('ja');
    await input('optimizer.schedule.rate').setValue('-1');
    expect(wrapper.get('[role="alert"]').text()).toBe('有限の数 > 0が必要です(現在: -1)');
  });

  it('points to the problem from the field for screen readers', async () => {
    const { input, wrapper } = await open();
    await input('horizon').setValue('-1');
    const ids = input('horizon').attributes('aria-describedby')?.split(' ') ?? [];
    expect(ids.map((id) => wrapper.get(`[id="${id}"]`).text()).join(' ')).toContain(
      'expected a finite number > 0, got -1',
    );
  });

  it('makes every list per class follow the number of classes', async () => {
    const { input, model, study } = await open();
    await input('classes').setValue('3');
    expect(model().priors).toHaveLength(3);
    expect((model().spectrum as { exponents: number[] }).exponents).toHaveLength(3);
    expect(study.draft.experiments[0].loss).toEqual({ kind: 'softmax' });
  });

  it('explains the field that has the focus, with its range and default', async () => {
    const { input, wrapper } = await open();
    await input('optimizer.batchSize').trigger('focusin');
    expect(wrapper.get('.help').text()).toContain('Samples averaged in one step.');
    expect(wrapper.get('.help').text()).toContain('a whole number from 1 to 1000000');
    expect(wrapper.get('.help').text()).toContain('Default: 1.');
  });

  it('says the cost before a run, and the steps beside the horizon', async () => {
    const { wrapper } = await open();
    expect(wrapper.get('[data-testid="cost"]').text()).toContain('About');
    expect(wrapper.text()).toContain('50,000 steps');
  });

  it('warns where the noise threshold of least squares is passed', async () => {
    const base = withLoss(withSpectrum(emptyExperiment('one', 'One'), 'identity'), 'binary-least-squares');
    const { wrapper } = await open(setAt(base, ['optimizer', 'schedule', 'rate'], 9));
    await eventually(() => expect(wrapper.get('[data-testid="cost"]').text()).toContain('γ = 9 is above'));
  });

  it('warns of a ridge whose step is too long, in the language of the interface', async () => {
    const ridged = setAt(emptyExperiment('one', 'One'), ['optimizer', 'ridge'], 1e6);
    const { wrapper } = await open(ridged);
    await eventually(() => expect(wrapper.get('[data-testid="warning"]').text()).toMatch(/^γδ\/d = [\d,]+ is above 2/));
    setLocale('ja');
    await eventually(() => expect(wrapper.get('[data-testid="warning"]').text()).toMatch(/SGD は発散します。$/));
    setLocale('en');
  });

  it.each(spectrumKinds.map((kind) => kind.kind))('shows a spectrum of kind %s', async (kind) => {
    const { wrapper } = await open(
      withSpectrum(setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], 40), kind),
    );
    expect(wrapper.findAll('[role="alert"]')).toEqual([]);
  });

  it.each(labelsChoices.map((kind) => kind.kind))('shows labels of kind %s', async (kind) => {
    const { wrapper } = await open(withLabels(emptyExperiment('one', 'One'), kind));
    expect(wrapper.findAll('[role="alert"]')).toEqual([]);
  });

  it.each(lossKinds.map((kind) => kind.kind))('shows a loss of kind %s', async (kind) => {
    const { wrapper } = await open(withLoss(emptyExperiment('one', 'One'), kind));
    expect(wrapper.findAll('[role="alert"]')).toEqual([]);
  });

  it.each(scheduleKinds.map((kind) => kind.kind))('shows a learning rate of kind %s', async (kind) => {
    const { wrapper } = await open(withSchedule(emptyExperiment('one', 'One'), kind));
    expect(wrapper.findAll('[role="alert"]')).toEqual([]);
  });

  it.each(methodKinds.map((kind) => kind.kind))('shows a method of kind %s', async (kind) => {
    const { wrapper } = await open(withMethod(emptyExperiment('one', 'One'), kind));
    expect(wrapper.findAll('[role="alert"]')).toEqual([]);
  });

  it.each(averageKinds.map((kind) => kind.kind))('shows an average of kind %s, and switches it off', async (kind) => {
    const { study, wrapper } = await open(withAverage(emptyExperiment('one', 'One'), kind));
    expect(wrapper.findAll('[role="alert"]')).toEqual([]);
    const row = wrapper.findAll('.field').find((each) => each.get('.label').text() === 'Average of iterates');
    await row!.get('select').setValue('none');
    expect(study.draft.experiments[0].optimizer).toMatchObject({ average: null });
  });

  it('switches the theory to d → ∞ and back to a description without the key', async () => {
    const { input, study, wrapper } = await open();
    await input('theory.limit').setValue(true);
    expect(study.draft.experiments[0].theory).toEqual({ curves: ['ode'], limit: true });
    await input('theory.limit').trigger('focusin');
    expect(wrapper.get('.help').text()).toContain('sums over directions become integrals');
    await input('theory.limit').setValue(false);
    expect(study.draft.experiments[0].theory).toEqual({ curves: ['ode'] });
  });

  it('says beside the switch why there is no limit', async () => {
    const custom = withSpectrum(setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], 3), 'custom');
    const { wrapper } = await open(setAt(custom, ['theory', 'limit'], true));
    expect(wrapper.get('[role="alert"]').text()).toContain('custom numbers are those of one dimension');
  });

  it('opens a draft that is nothing but an id', async () => {
    const { wrapper } = await open({ id: 'one' });
    expect(wrapper.findAll('[role="alert"]').length).toBeGreaterThan(0);
    expect(wrapper.get('[data-testid="cost"]').text()).toContain('to correct');
  });

  it('has no accessibility violation', async () => {
    const { wrapper } = await open();
    await flushPromises();
    expect(await axeViolations(wrapper.element)).toEqual([]);
  }, 60_000);
});
