/** The observables that exist, in the order of their numbers in a row: a new one is a file in kinds/ and a line here. */
import { averageRisk } from './kinds/average-risk.ts';
import { cosineQuantiles } from './kinds/cosine-quantiles.ts';
import { effectiveScale } from './kinds/effective-scale.ts';
import { error } from './kinds/error.ts';
import { groupNorm } from './kinds/group-norm.ts';
import { groupOverlap } from './kinds/group-overlap.ts';
import { groupShare } from './kinds/group-share.ts';
import { l1 } from './kinds/l1.ts';
import { learningRate } from './kinds/learning-rate.ts';
import { meanRisk } from './kinds/mean-risk.ts';
import { norm } from './kinds/norm.ts';
import { overlap } from './kinds/overlap.ts';
import { risk } from './kinds/risk.ts';
import { secondLayer } from './kinds/second-layer.ts';
import { riskQuantiles } from './kinds/risk-quantiles.ts';
import { teacherOverlap } from './kinds/teacher-overlap.ts';
import { teacherProduct } from './kinds/teacher-product.ts';
import { trainRisk } from './kinds/train-risk.ts';
import { variance } from './kinds/variance.ts';
import { type ObservableKind } from './observable.ts';

export const observableKinds: readonly ObservableKind[] = [
  risk,
  error,
  norm,
  learningRate,
  overlap,
  variance,
  groupOverlap,
  groupShare,
  groupNorm,
  teacherOverlap,
  teacherProduct,
  averageRisk,
  meanRisk,
  riskQuantiles,
  cosineQuantiles,
  trainRisk,
  secondLayer,
  effectiveScale,
  l1,
];
