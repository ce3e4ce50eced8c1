import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requireStudy, parseStudyText } from '../../../src/core/study/parse.ts';
import { prepare } from '../../../src/core/experiment.ts';
import { distance, solved } from './solving.ts';

interface Expected {
  id: string;
  t: number[];
  risk: number[];
  error: number[];
  norm: number[];
  overlap: number[][][];
  learning_rate: number[];
}

const read = (name: string): string =>
  readFileSync(new URL(`../../fixtures/reference/${name}`, import.meta.url), 'utf8');
const expected = JSON.parse(read('expected.json')) as Expected[];
const { experiments } = requireStudy(parseStudyText(read('cases.json')));
const closedForm = experiments.filter(({ loss }) => loss.kind !== 'softmax');

describe('theory against an independent implementation', () => {
  it.each(closedForm)('agrees with the reference in $id', (experiment) => {
    const reference = expected.find(({ id }) => id === experiment.id) as Expected;
    const theory = solved(prepare(experiment));
    expect(theory.report.outcome.status).toBe('done');
    expect(distance(theory.t, reference.t)).toBe(0);
    // both integrate to about 1e-8; the margin is for the reference's quadrature
    expect(distance(theory.curve('risk'), reference.risk)).toBeLessThan(2e-6);
    expect(distance(theory.curve('norm'), reference.norm)).toBeLessThan(2e-5);
    expect(distance(theory.field('overlap').flat(), reference.overlap.flat(2))).toBeLessThan(1e-5);
    expect(distance(theory.curve('learning_rate'), reference.learning_rate)).toBeLessThan(1e-6);
    // argmax errors of several outputs are sampled there
    const errorLimit = experiment.loss.kind === 'one-hot-least-squares' ? 2e-3 : 2e-6;
    expect(distance(theory.curve('error'), reference.error)).toBeLessThan(errorLimit);
  });
});
