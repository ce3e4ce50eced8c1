/** The interface of a first-order method (`optimizer.method`): what a step makes of the gradient. */
import { type z } from 'zod';
import { type RelativeRefusal } from '../../../refusal/refusal.ts';
import { type Update } from '../update.ts';

export interface MethodKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  /** Plain name for people. */
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from; it must pass the checks in any dimension d >= 10. */
  template(): Spec;
  /** The step in TeX, with the description's numbers. */
  tex(spec: Spec): string;
  /** What is wrong beside the schema. */
  check(spec: Spec, dimension: number): RelativeRefusal[];
  /** Whether it moves at all where the schedule's γ is 0. */
  readonly movesAtRateZero: boolean;
  create(spec: Spec, dimension: number): Update;
}
