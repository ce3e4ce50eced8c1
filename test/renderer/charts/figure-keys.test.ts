import { createPinia, setActivePinia } from 'pinia';
import { expect, it } from 'vitest';
import { shallowRef } from 'vue';
import { figureKind } from '../../../src/figures/index.ts';
import { useFigureKeys } from '../../../src/renderer/charts/figure-keys.ts';
import { type FigurePointer } from '../../../src/renderer/charts/figure-pointer.ts';
import { inputsOf, synthetic, viewOf } from '../../figures/synthetic.ts';

it('arrows go to every curve, though several have one name, and Enter opens the chosen one', () => {
  setActivePinia(createPinia());
  const same = ['a', 'b', 'c'].map((id) => synthetic({ id, name: 'Same name' }));
  const figure = figureKind('risk')?.build(inputsOf(...same), viewOf()) ?? null;
  const opened: string[] = [];
  const keys = useFigureKeys(shallowRef(figure), {} as FigurePointer, (id) => opened.push(id));
  const press = (...names: string[]) => names.forEach((key) => keys.press(new KeyboardEvent('keydown', { key })));
  press('ArrowRight', 'Enter', 'ArrowDown', 'Enter', 'ArrowDown', 'Enter', 'ArrowDown', 'Enter', 'ArrowUp', 'Enter');
  expect(opened).toEqual(['a', 'b', 'c', 'c', 'b']);
});
