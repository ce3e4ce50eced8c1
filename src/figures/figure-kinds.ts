/** The figures that exist: a new one is a file in kinds/ and a line here. */
import { type FigureKind } from './figure.ts';
import { alignment } from './kinds/alignment.ts';
import { averageRisk } from './kinds/average-risk.ts';
import { cleanShare } from './kinds/clean-share.ts';
import { concentration } from './kinds/concentration.ts';
import { cosine, teacher } from './kinds/cosine.ts';
import { absoluteNorm, effectiveScale } from './kinds/diagonal.ts';
import { decay, errorDecay } from './kinds/decay.ts';
import { deviation } from './kinds/deviation.ts';
import { enrichment } from './kinds/enrichment.ts';
import { error } from './kinds/error.ts';
import { meanRisk, squaredCosineFigure } from './kinds/escape.ts';
import { groupCosine } from './kinds/group-cosine.ts';
import { overlapMap, weightMap } from './kinds/heatmaps.ts';
import { objective } from './kinds/objective.ts';
import { overlap } from './kinds/overlap.ts';
import { risk } from './kinds/risk.ts';
import { learningRate, norm } from './kinds/scalars.ts';
import { secondLayer } from './kinds/second-layer.ts';
import { trainRisk } from './kinds/train-risk.ts';

/** In the order in which they are shown. */
export const figureKinds: readonly FigureKind[] = [
  risk,
  meanRisk,
  averageRisk,
  trainRisk,
  cleanShare,
  error,
  enrichment,
  alignment,
  overlapMap,
  weightMap,
  overlap,
  secondLayer,
  effectiveScale,
  absoluteNorm,
  cosine,
  groupCosine,
  teacher,
  squaredCosineFigure,
  objective,
  decay,
  errorDecay,
  deviation,
  concentration,
  norm,
  learningRate,
];
