import { mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { expect, it } from 'vitest';
import FigureCard from '../../../src/renderer/components/figures/FigureCard.vue';
import { defaultView, figureKind, type FigureInput } from '../../../src/figures/index.ts';
import { synthetic } from '../../figures/synthetic.ts';

function chipsOf(standings: readonly FigureInput['standing'][]): string[] {
  const kind = figureKind('risk');
  if (!kind) throw new Error('no such figure');
  const inputs = standings.map((standing, place) => ({ results: synthetic(), place, standing }));
  const card = mount(FigureCard, {
    props: { kind, inputs, view: defaultView, enlarged: false },
    global: { plugins: [createPinia()] },
  });
  const chips = card.findAll('.flag').map((chip) => chip.text());
  card.unmount();
  return chips;
}

it.each([
  [['current'], []],
  [['stale'], ['edited since its last run']],
  [['earlier-version'], ['computed by an earlier version: run again']],
  [['unverified'], ['from another program: not checked']],
  [
    ['stale', 'earlier-version'],
    ['edited since its last run', 'computed by an earlier version: run again'],
  ],
  [['current', 'stale'], []],
] as const)('a figure of %j results is marked %j', (standings, words) => {
  expect(chipsOf(standings)).toEqual(words);
});
