/** The learning-rate rules that exist: a new one is a file beside this one and a line here. */
import { adagradNorm } from './adagrad-norm.ts';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { linearDecay } from './linear-decay.ts';
import { lineSearch } from './line-search.ts';
import { piecewise } from './piecewise.ts';
import { polyak } from './polyak.ts';
import { powerDecay } from './power-decay.ts';
import { warmup } from './warmup.ts';
import { wsd } from './wsd.ts';

export const scheduleKinds = [
  constant,
  powerDecay,
  piecewise,
  warmup,
  cosine,
  linearDecay,
  wsd,
  adagradNorm,
  polyak,
  lineSearch,
] as const;
