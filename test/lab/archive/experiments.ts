/** One experiment for each loss, small. */
import { lossKinds } from '../../../src/core/loss/loss-spec.ts';
import { type Experiment } from '../../../src/core/experiment/schema.ts';
import { besidesOf } from '../../core/loss/pairs.ts';
import { binary, powerLaw, studyOf } from '../synthetic.ts';

export const everyLoss: Experiment[] = studyOf(
  lossKinds.map(({ kind, template, classes: [least, most] }) => {
    const classes = Math.min(Math.max(3, least), most);
    return {
      ...powerLaw,
      id: kind,
      model: {
        dimension: 30,
        priors: Array.from({ length: classes }, () => 1 / classes),
        spectrum: { kind: 'power-law', exponents: Array.from({ length: classes }, (_, i) => 0.5 + i / 2) },
        means: { arrangement: { kind: 'gaussian', seed: 7 }, profile: { kind: 'flat' } },
      },
      loss: template(classes),
      ...besidesOf(kind),
      optimizer: { ...powerLaw.optimizer, start: { kind: 'gaussian', seed: 3, scale: 0.5 } },
      simulation: { engine: 'sgd', runs: 2, seed: 4 },
    };
  }),
).experiments;

export const mixed = studyOf([binary, powerLaw, ...everyLoss], 'Every loss — 全部', '# Notes\n\n$x$');
