/** A new kind has its fields from its schema alone. */
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { computed, defineComponent, h, ref } from 'vue';
import { z } from 'zod';
import { finite, numberList, numberRows, strict } from '../../../src/core/description/strict.ts';
import PartFields from '../../../src/renderer/components/editor/PartFields.vue';
import { emptyExperiment } from '../../../src/renderer/draft/experiment.ts';
import { setAt } from '../../../src/renderer/draft/path.ts';
import { DraftMemory } from '../../../src/renderer/draft/memory.ts';
import { createEditor, provideEditor } from '../../../src/renderer/editor/context.ts';

/** Names that the editor has never heard of. */
const schema = strict({
  kind: z.literal('toy'),
  sharpness: finite({ min: 0 }).meta({ title: 'Sharpness' }),
  perClass: numberList(),
  shares: numberList().meta({ widget: { kind: 'per-block' } }),
  table: numberRows().meta({ widget: { kind: 'rows', rows: 'any', numbers: 'any' } }),
  starts: numberList().meta({ widget: { kind: 'steps', values: 'heights' } }),
  heights: numberList().meta({ widget: { kind: 'none' } }),
});
const toy = {
  kind: 'toy',
  sharpness: 2,
  perClass: [1, 2],
  shares: [1],
  table: [[1, 2]],
  starts: [0, 3],
  heights: [5, 7],
};

function show() {
  const draft = ref(setAt(emptyExperiment('one', 'One'), ['model', 'spectrum'], toy));
  const Host = defineComponent({
    setup() {
      provideEditor(
        createEditor(
          computed(() => draft.value),
          computed(() => ({ refusals: [], experiment: null })),
          ref(null),
          (edit) => (draft.value = edit(draft.value)),
          computed,
          () => new DraftMemory(),
        ),
      );
      return () => h(PartFields, { path: ['model', 'spectrum'], section: 'spectrum', kind: 'toy', schema });
    },
  });
  const wrapper = mount(Host, { attachTo: document.body });
  const spectrum = () => (draft.value.model as { spectrum: typeof toy }).spectrum;
  return { wrapper, spectrum };
}

describe('the fields of a new kind', () => {
  it('are those that its schema says: numbers, lists, rows from a file, steps', () => {
    const { wrapper } = show();
    expect(wrapper.text()).toContain('Sharpness');
    expect(wrapper.findAll('[data-testid="rows-file"]')).toHaveLength(1);
    const labels = wrapper.findAll('input').map((each) => each.attributes('aria-label'));
    expect(labels).toEqual(expect.arrayContaining(['t 1', 't 2', 'γ 1', 'γ 2']));
  });

  it('write at the names of the schema', async () => {
    const { wrapper, spectrum } = show();
    await wrapper.get('[aria-label="γ 2"]').setValue('8');
    await wrapper.get('[aria-label="t 2"]').setValue('4');
    expect(spectrum()).toMatchObject({ starts: [0, 4], heights: [5, 8] });
  });
});
