/**
 * What a step makes of the slope f′ of a sample before it moves along it, in losses of one output: its sign (T14), or f′
 * clipped at ±τ_i (T15), which is what clipping a gradient a f′ by its norm comes to where ‖a‖² concentrates.
 */
import { exp } from '../math/elementary.ts';
import { rootsOf } from '../math/roots.ts';
import { type LabelledFunction } from './labelled-moments.ts';

/** `bounds` τ_i >= 0 of the classes, which may be infinite. */
export type SlopeShape = { readonly kind: 'sign' } | { readonly kind: 'clip'; readonly bounds: Float64Array };

/** sgn f′, or f′ within ±τ_i. */
export function shapedSlope(shape: SlopeShape, classIndex: number, slope: number): number {
  if (shape.kind === 'sign') return Math.sign(slope);
  const bound = shape.bounds[classIndex];
  return Math.max(-bound, Math.min(bound, slope));
}

/** Where slopes pass, those at which the shaped slope has a kink or a jump. */
export function shapeEdges(shape: SlopeShape, classIndex: number): readonly number[] {
  if (shape.kind === 'sign') return [0];
  const bound = shape.bounds[classIndex];
  return bound < Infinity ? [-bound, bound] : [];
}

/** Outputs are looked at up to sinh of this, and so finely between. */
const [REACH, INTERVALS] = [9, 540];
/** Distance on both sides of a zero at which it is told from a stretch of zeros. */
const ASIDE = 1e-9;

const sinh = (u: number): number => 0.5 * (exp(u) - exp(-u));

/** Outputs at which the slope of one label passes an edge: there f̃′ has a kink or a jump that f′ does not have. */
function crossings(slope: (output: number) => number, edges: readonly number[]): number[] {
  return edges.flatMap((edge) =>
    rootsOf((u) => slope(sinh(u)) - edge, -REACH, REACH, INTERVALS)
      .map(sinh)
      .filter((r) => {
        const aside = ASIDE * (1 + Math.abs(r));
        return Math.sign(slope(r - aside) - edge) !== Math.sign(slope(r + aside) - edge);
      }),
  );
}

/** The function whose value is f and whose slope is f̃′, for samples of one class. */
export function shapedFunction(loss: LabelledFunction, shape: SlopeShape, classIndex: number): LabelledFunction {
  const edges = shapeEdges(shape, classIndex);
  const kinks = [0, 1].map((label) => [
    ...(loss.kinks?.(label) ?? []),
    ...crossings((r) => loss.slope(label, r), edges),
  ]);
  return {
    value: (label, r) => loss.value(label, r),
    slope: (label, r) => shapedSlope(shape, classIndex, loss.slope(label, r)),
    curvature: (label, r) => (keeps(shape, classIndex, loss.slope(label, r)) ? loss.curvature(label, r) : 0),
    kinks: (label) => kinks[label],
  };
}

/** Whether a slope is left as it is. */
export const keeps = (shape: SlopeShape, classIndex: number, slope: number): boolean =>
  shape.kind === 'clip' && Math.abs(slope) < shape.bounds[classIndex];
