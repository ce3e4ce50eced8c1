/**
 * The interface of a learning-rate rule (theory.md section 3, "Learning-rate dynamics"). One object serves the theory
 * and the simulation: both hand it the same quantities, computed from their own state.
 */
import { type z } from 'zod';
import { type RelativeRefusal } from '../../refusal/refusal.ts';

/** What a rule may look at. Quantities that cost something are methods, called only by the rules that need them. */
export interface RateInputs {
  /** t = steps / d. */
  readonly t: number;
  /** G(t) = d⁻² Σ_j ‖∇Ψ_j‖² of the data gradient, for rules that accumulate it; 0 elsewhere. */
  readonly accumulated: number;
  /** R at the current state, without the ridge term. */
  risk(): number;
  /** E‖∇Ψ‖²/d of a batch to leading order in d: (1/(d b)) Σ_i p_i (tr K_i + ‖μ_i‖²) tr Q_i. */
  gradientPower(): number;
  /** −dF/dt per unit of γ of the objective F = R + (δ/2)‖X‖², from the drift alone: ‖∇F‖². */
  descent(): number;
  /**
   * Coefficient of γ² in d · E[F(X⁺) − F(X)] over a step, ½ E⟨Δ, ∇²F Δ⟩/d with Δ the step's direction.
   * It is (1/(2 d b)) Σ_{i,j} p_i p_j tr[(K_i + μ_i μ_iᵀ)(K_j + μ_j μ_jᵀ)] tr(H_i Q_j), the ridge's part, and for b > 1
   * that of the mean direction (docs/learning-rates.md).
   */
  stepCurvature(): number;
}

/** A learning-rate rule with its constants. */
export interface Schedule {
  readonly kind: string;
  /** 'time': γ depends on t alone. 'accumulated': on G(t) too. 'state': on the state of the parameters. */
  readonly dependsOn: 'time' | 'accumulated' | 'state';
  /** For rules of the state: whether γ follows from t, `risk` and `gradientPower` alone, so that implicit methods know its slopes. */
  readonly ofRiskAndPower?: boolean;
  /** Times > 0 where γ(t) jumps or has a kink: integrators stop there. */
  readonly breakpoints: readonly number[];
  /** γ, >= 0; the rate of the step that starts at this state. */
  rate(inputs: RateInputs): number;
  /** ∂γ/∂G at fixed t, of rules that accumulate; by differences, which want γ smooth on the scale of 1e-8, where it is not given. */
  slope?(inputs: RateInputs): number;
}

export interface ScheduleKind<Spec extends { kind: string } = { kind: string }> {
  readonly kind: Spec['kind'];
  /** Plain name for people. */
  readonly label: string;
  readonly schema: z.ZodObject;
  /** A description to start from, for a rate γ > 0 and a horizon > 0; it must pass the checks. */
  template(rate: number, horizon: number): Spec;
  /** γ(t) with the description's numbers, in TeX. */
  tex(spec: Spec): string;
  /** What is wrong beside the schema. */
  check(spec: Spec): RelativeRefusal[];
  /** @param horizon > 0, last time of the experiment. */
  create(spec: Spec, horizon: number): Schedule;
}

/**
 * Risk, and squared gradient, up to which a state counts as the end of the way. With outputs of order one the residuals
 * there are below 1e-13, and rounding and the integrator's error decide what is left of them.
 */
const REST = 1e-26;

/**
 * γ as a ratio of two quantities that vanish together where the risk goes to zero: 0 at rest, where they are rounding,
 * and where one of them is not positive.
 * @param share E‖∇F‖² for rules that follow it, or the risk once more.
 */
export function ratioRate(risk: number, share: number, numerator: number, denominator: number): number {
  if (risk <= REST && share <= REST) return 0;
  return numerator > 0 && denominator > 0 ? numerator / denominator : 0;
}

/** The rate of a rule that depends on time, and perhaps on the accumulated G(t), alone. */
export function rateAt(schedule: Schedule, t: number, accumulated = 0): number {
  return schedule.rate({ t, accumulated, ...notAvailable });
}

/** Relative step of differences by G. */
const DIFFERENCE = 1e-5;

/** γ and ∂γ/∂G of a rule that accumulates, at many G one after the other: no object is made on the way. */
export function createAccumulatedRate(schedule: Schedule) {
  const inputs = { t: 0, accumulated: 0, ...notAvailable };
  const at = (t: number, accumulated: number) => {
    inputs.t = t;
    inputs.accumulated = accumulated;
    return inputs;
  };
  return {
    rate: (t: number, accumulated: number): number => schedule.rate(at(t, accumulated)),
    slope(t: number, accumulated: number): number {
      if (schedule.slope) return schedule.slope(at(t, accumulated));
      const step = DIFFERENCE * (accumulated + 1e-3);
      const low = Math.max(0, accumulated - step);
      const high = schedule.rate(at(t, accumulated + step));
      return (high - schedule.rate(at(t, low))) / (accumulated + step - low);
    },
  };
}

const unavailable = (): never => {
  throw new Error('this learning-rate rule depends on the state of the parameters');
};
const notAvailable = {
  risk: unavailable,
  gradientPower: unavailable,
  descent: unavailable,
  stepCurvature: unavailable,
};
