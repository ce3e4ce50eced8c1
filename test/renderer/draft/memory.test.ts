import { describe, expect, it } from 'vitest';
import {
  emptyExperiment,
  withAverage,
  withLabels,
  withLoss,
  withProfile,
  withSchedule,
  withSpectrum,
} from '../../../src/renderer/draft/experiment.ts';
import { DraftMemory, type SlotName } from '../../../src/renderer/draft/memory.ts';
import { getAt, setAt } from '../../../src/renderer/draft/path.ts';
import { type ExperimentDraft } from '../../../src/api/types.ts';

const start = () => emptyExperiment('one', 'One');
type Make = (draft: ExperimentDraft, kind: string) => ExperimentDraft;
const switcher = (memory: DraftMemory, slot: SlotName, make: Make) => (draft: ExperimentDraft, kind: string) =>
  memory.switched(draft, slot, kind, (before) => make(before, kind));

describe('a change back', () => {
  it('of the number of classes restores loss, arrangement and priors', () => {
    const memory = new DraftMemory();
    const draft = setAt(start(), ['model', 'priors'], [0.3, 0.7]);
    const three = memory.withClasses(draft, 3);
    expect(getAt(three, ['loss', 'kind'])).toBe('softmax');
    expect(memory.withClasses(three, 2)).toEqual(draft);
  });

  it('through other numbers, as a first digit that is typed, restores as well', () => {
    const memory = new DraftMemory();
    const draft = start();
    const twelve = memory.withClasses(memory.withClasses(draft, 1), 12);
    expect(getAt(twelve, ['loss', 'kind'])).toBe('softmax');
    expect(memory.withClasses(twelve, 2)).toEqual(draft);
  });

  it('undoes no edit that was made in between', () => {
    const memory = new DraftMemory();
    const three = memory.withClasses(start(), 3);
    const edited = setAt(three, ['model', 'spectrum', 'exponents'], [2, 3, 4]);
    const two = memory.withClasses(edited, 2);
    expect(getAt(two, ['model', 'spectrum', 'exponents'])).toEqual([2, 3]);
    expect(getAt(two, ['loss', 'kind'])).toBe('logistic');
  });

  it('of the spectrum restores exponents, and the profile that went with it', () => {
    const memory = new DraftMemory();
    const spectrum = switcher(memory, 'spectrum', withSpectrum);
    const draft = start();
    const zeroOne = spectrum(draft, 'zero-one');
    expect(zeroOne.restored).toBe(false);
    const byBlock = withProfile(zeroOne.draft, 'blocks');
    const weighed = setAt(byBlock, ['model', 'means', 'profile', 'weights', 0], 0.9);
    const back = spectrum(weighed, 'power-law');
    expect(back).toMatchObject({ restored: true });
    expect(getAt(back.draft, ['model', 'spectrum'])).toEqual(getAt(draft, ['model', 'spectrum']));
    const again = spectrum(back.draft, 'zero-one').draft;
    expect(getAt(again, ['model', 'means'])).toEqual(getAt(weighed, ['model', 'means']));
  });

  it('of the energy profile restores its exponent', () => {
    const profile = switcher(new DraftMemory(), 'profile', withProfile);
    expect(profile(profile(start(), 'flat').draft, 'power-law').draft).toEqual(start());
  });

  it('of the spectrum follows a number of classes that was changed in between', () => {
    const memory = new DraftMemory();
    const spectrum = switcher(memory, 'spectrum', withSpectrum);
    const three = memory.withClasses(spectrum(start(), 'identity').draft, 3);
    const { exponents } = getAt(spectrum(three, 'power-law').draft, ['model', 'spectrum']) as { exponents: number[] };
    expect(exponents).toEqual([1.1, 1.5, 1.5]);
  });

  it('of the learning-rate rule keeps the rate that was typed last', () => {
    const schedule = switcher(new DraftMemory(), 'schedule', withSchedule);
    const decay = setAt(schedule(start(), 'power-decay').draft, ['optimizer', 'schedule', 'exponent'], 0.7);
    const constant = setAt(schedule(decay, 'constant').draft, ['optimizer', 'schedule', 'rate'], 3);
    expect(getAt(schedule(constant, 'power-decay').draft, ['optimizer', 'schedule'])).toMatchObject({
      rate: 3,
      exponent: 0.7,
    });
  });

  it('of labels restores the loss that did not take them', () => {
    const labels = switcher(new DraftMemory(), 'labels', withLabels);
    const softmax = withLoss(start(), 'softmax');
    const back = labels(labels(softmax, 'teacher-sign').draft, 'class').draft;
    expect(getAt(back, ['loss'])).toEqual(getAt(softmax, ['loss']));
    expect(getAt(back, ['labels'])).toBeUndefined();
  });

  it('of the average from none and to none', () => {
    const average = switcher(new DraftMemory(), 'average', withAverage);
    const uniform = setAt(average(start(), 'uniform').draft, ['optimizer', 'average', 'from'], 7);
    expect(average(average(uniform, 'none').draft, 'uniform').draft).toEqual(uniform);
  });
});
