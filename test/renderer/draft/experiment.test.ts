import { freeName } from '../../../src/study/free-name.ts';
import { describe, expect, it } from 'vitest';
import { arrangementKinds } from '../../../src/core/model/arrangement/arrangement-kinds.ts';
import { profileKinds } from '../../../src/core/model/profile/profile-kinds.ts';
import { spectrumKinds } from '../../../src/core/model/spectrum/spectrum-kinds.ts';
import { lossKinds } from '../../../src/core/loss/loss-spec.ts';
import { scheduleKinds } from '../../../src/core/schedule/schedule-kinds.ts';
import { averageKinds } from '../../../src/core/update/average/average-kinds.ts';
import { methodKinds } from '../../../src/core/update/method/method-kinds.ts';
import { parseExperiment } from '../../../src/study/parse.ts';
import {
  emptyExperiment,
  freeId,
  labelsChoices,
  withLabels,
  withArrangement,
  withBlock,
  withClasses,
  withAverage,
  withLoss,
  withMethod,
  withProfile,
  withSchedule,
  withSpectrum,
} from '../../../src/renderer/draft/experiment.ts';
import { getAt, setAt } from '../../../src/renderer/draft/path.ts';
import { gridTemplates, startTemplates } from '../../../src/renderer/draft/templates.ts';
import { type ExperimentDraft } from '../../../src/api/types.ts';

const base = () => setAt(emptyExperiment('one', 'One'), ['model', 'dimension'], 60);
const refusals = (draft: ExperimentDraft) => {
  const parsed = parseExperiment(draft);
  return parsed.ok ? [] : parsed.refusals;
};

describe('an experiment in the editor', () => {
  it('starts as one that parses', () => expect(refusals(base())).toEqual([]));

  it.each(spectrumKinds.map((kind) => kind.kind))('parses after its spectrum was switched to %s', (kind) => {
    expect(refusals(withSpectrum(base(), kind))).toEqual([]);
  });

  it.each(arrangementKinds.map((kind) => kind.kind))(
    'parses after its arrangement was switched to %s and back',
    (kind) => {
      const switched = withArrangement(base(), kind);
      expect(refusals(switched)).toEqual([]);
      expect(refusals(withArrangement(switched, 'opposite'))).toEqual([]);
    },
  );

  it.each(profileKinds.map((kind) => kind.kind))(
    'parses after its profile was switched to %s on a zero-one spectrum',
    (kind) => {
      expect(refusals(withProfile(withSpectrum(base(), 'zero-one'), kind))).toEqual([]);
    },
  );

  it.each(labelsChoices.map((kind) => kind.kind))(
    'parses after its labels were switched to %s, whatever the loss',
    (kind) => {
      for (const loss of lossKinds) {
        expect(refusals(withLabels(withLoss(emptyExperiment('a', 'A'), loss.kind), kind))).toEqual([]);
        expect(refusals(withLoss(withLabels(emptyExperiment('a', 'A'), kind), loss.kind))).toEqual([]);
      }
      for (const classes of [1, 3])
        expect(refusals(withClasses(withLabels(emptyExperiment('a', 'A'), kind), classes))).toEqual([]);
    },
  );

  it.each(lossKinds.map((kind) => kind.kind))('parses after its loss was switched to %s', (kind) => {
    expect(refusals(withLoss(base(), kind))).toEqual([]);
  });

  it.each(scheduleKinds.map((kind) => kind.kind))('parses after its learning rate was switched to %s', (kind) => {
    expect(refusals(withSchedule(base(), kind))).toEqual([]);
  });

  it.each(methodKinds.map((kind) => kind.kind))('parses after its method was switched to %s', (kind) => {
    expect(refusals(withMethod(base(), kind))).toEqual([]);
  });

  it.each([...averageKinds.map((kind) => kind.kind), 'none'])('parses with an average: %s', (kind) => {
    expect(refusals(withAverage(base(), kind))).toEqual([]);
  });

  it.each(['linear', 'log'])('parses with a %s grid', (kind) => {
    expect(refusals(setAt(base(), ['grid'], gridTemplates(kind, 40, 50)))).toEqual([]);
  });

  it.each(['zero', 'gaussian'])('parses with a %s start', (kind) => {
    expect(refusals(setAt(base(), ['optimizer', 'start'], startTemplates(kind, { dimension: 10 })))).toEqual([]);
  });

  it.each([1, 2, 3, 8, 32])('keeps every list per class in step with %d classes', (classes) => {
    for (const { kind } of spectrumKinds.filter((each) => each.kind !== 'custom')) {
      const switched = withClasses(withSpectrum(base(), kind), classes);
      // a loss for two classes and opposite means are replaced by ones that fit
      expect(refusals(switched), kind).toEqual([]);
    }
  });

  it('drops block weights when the spectrum has no blocks any more', () => {
    const blocks = withProfile(withSpectrum(base(), 'zero-one'), 'blocks');
    expect(refusals(withSpectrum(blocks, 'power-law'))).toEqual([]);
  });

  it('keeps the fractions of blocks summing to one when one is added or removed', () => {
    const blocks = withProfile(withSpectrum(base(), 'zero-one'), 'blocks');
    expect(refusals(withBlock(blocks, 'add'))).toEqual([]);
    for (const k of [0, 1, 3]) expect(refusals(withBlock(blocks, k))).toEqual([]);
  });

  it('never removes the last block', () => {
    let draft = withSpectrum(base(), 'zero-one');
    for (let k = 0; k < 6; k++) draft = withBlock(draft, 0);
    expect(getAt(draft, ['model', 'spectrum', 'blocks'])).toHaveLength(1);
  });
});

describe('new names and ids', () => {
  it('are allowed ids that nobody has', () => {
    expect(freeId('γ = 0.5 / Test', [])).toBe('0-5-test');
    expect(freeId('γ', [])).toBe('experiment');
    expect(freeId('one', ['one'])).toBe('one-2');
    expect(freeId('one-2', ['one', 'one-2'])).toBe('one-3');
    expect(freeId('x'.repeat(200), [])).toMatch(/^[a-z0-9-]{1,64}$/);
  });

  it('count up', () => expect(freeName('A (2)', ['A', 'A (2)'])).toBe('A (3)'));
});
