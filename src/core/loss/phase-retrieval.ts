/** Phase retrieval: a response is known up to its sign, ¼ (r² − s²)² with s = r* + σε, or ½ (|r| − |r*| − σε)². */
import { z } from 'zod';
import { strict, word } from '../description/strict.ts';
import { absoluteMoments } from './absolute-moments.ts';
import { type Loss, type LossKind } from './loss.ts';
import { quarticMoments } from './quartic-moments.ts';
import { scalarLoss, type ScalarDefinition } from './scalar.ts';

const FORMS = ['quartic', 'absolute'] as const;
const schema = strict({ kind: z.literal('phase-retrieval'), form: word(FORMS).default('quartic') });

/** s is the response with its noise. */
const quartic: ScalarDefinition = {
  kind: 'phase-retrieval',
  leastSquares: false,
  // no step protects from r far out
  maxCurvature: Infinity,
  value(s, r) {
    const difference = r * r - s * s;
    return 0.25 * difference * difference;
  },
  slope: (s, r) => r * (r * r - s * s),
  curvature: (s, r) => 3 * r * r - s * s,
  teacherMoments: ({ noise }) => quarticMoments(noise),
};

/** s is the response alone; what its noise changes is in the loss below. */
const absolute: ScalarDefinition = {
  kind: 'phase-retrieval',
  leastSquares: false,
  maxCurvature: 1,
  value(s, r) {
    const difference = Math.abs(r) - Math.abs(s);
    return 0.5 * difference * difference;
  },
  slope: (s, r) => r - Math.sign(r) * Math.abs(s),
  curvature: () => 1,
  switches: [(_, r) => r, (s) => s],
  teacherMoments: ({ noise }) => absoluteMoments(noise),
};

/** The absolute loss with noise that is added to |r*|: it is told r* and σε one after the other. */
function withNoise(loss: Loss): Loss {
  return {
    ...loss,
    seesNoise: true,
    // a slope cut at a height knows of the noise what (T15) would have to average over
    reshaped: loss.labels.noise > 0 ? undefined : loss.reshaped,
    value(_classIndex, [r], [response, noise]) {
      const difference = Math.abs(r) - Math.abs(response) - noise;
      return 0.5 * difference * difference;
    },
    gradient(_classIndex, output, target, out) {
      const r = output[0];
      out[0] = r - Math.sign(r) * (Math.abs(target[0]) + target[1]);
    },
  };
}

const compiledAs = ({ form }: z.infer<typeof schema>): string => `phase-retrieval-${form}`;

export const phaseRetrieval = {
  kind: 'phase-retrieval',
  label: 'Phase retrieval',
  schema,
  template: () => ({ kind: 'phase-retrieval', form: 'quartic' }),
  takes: ['response'],
  singleResponse: true,
  classes: [1, 32],
  classifies: false,
  outputs: () => 1,
  compiledAs,
  create: (spec, _classes, labels) => ({
    ...(spec.form === 'quartic' ? scalarLoss(quartic, labels) : withNoise(scalarLoss(absolute, labels))),
    even: true,
    compiled: compiledAs(spec),
  }),
} satisfies LossKind<z.infer<typeof schema>> & { schema: typeof schema };
