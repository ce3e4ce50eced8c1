/**
 * A step with state. Beside x each direction has further fields: Z_ρ ∈ R^k, of which the first is x, the point at which
 * gradients are taken. With G = ∇Ψ + δX, a step is linear in all of them, and so is its flow (T13):
 *
 *   Z ← M Z − b G,    dZ/dt = L Z − β G.
 *
 * Plain SGD (T1) is k = 1 with M = 1, b = γ/d, L = 0, β = γ. Who evaluates gradients at another point wᵀZ takes that
 * point for the first field: (T13) with w = e_1 is no less general.
 */

/** A linear map of the fields with what it makes of the gradient: matrix · Z − push · G. */
export interface LinearMap {
  /** k×k row-major. */
  readonly matrix: Float64Array;
  /** k. */
  readonly push: Float64Array;
}

/** What a step makes of the data gradient of a batch before it moves by it; the ridge's part is added as it is. */
export type GradientShape =
  /** The sign of every entry. */
  | { readonly kind: 'sign' }
  /** Shortened to a norm of at most threshold · √d. */
  | { readonly kind: 'clip'; readonly threshold: number };

export interface Update {
  /** Names of the k fields; the first is x. */
  readonly fields: readonly string[];
  /**
   * Whether it is (T1) as it stands, k = 1: the equations and the kernels for that are specialised. Another update of one
   * field is not plain.
   */
  readonly plain: boolean;
  /** What is made of the data gradient before G = shape(∇Ψ) + δX is put together; null for nothing. */
  readonly shape: GradientShape | null;
  /** Whether x moves as by plain SGD, whatever else is kept: what is known of SGD's stability holds. */
  readonly plainPath: boolean;
  /**
   * Whether a rotation within directions of equal eigenvalues commutes with the step, as in (L4): then such directions
   * can be merged, and an isotropic start stays isotropic.
   */
  readonly equivariant: boolean;
  /** Whether modes decay without turning round, as smooth functions of λ that few nodes are enough for. */
  readonly monotone: boolean;
  /** Whether the flow does not depend on d, so that there is a limit d → ∞ at fixed t (T7). */
  readonly ofEveryDimension: boolean;
  /** Z(0) = start ⊗ X(0), k entries. */
  readonly start: readonly number[];
  /** What an error of each field counts beside one of x, k entries >= 0. */
  readonly weights: readonly number[];
  /** Times > 0, ascending, where the flow jumps beside those of the learning rate. */
  readonly breakpoints: readonly number[];
  /** The field that averages x, and the multiple of it that is the average at time t: NaN while there is none. */
  readonly average: { readonly field: number; factor(t: number): number } | null;
  /** Writes L and β of (T13) at time t and learning rate γ. */
  flow(t: number, rate: number, out: LinearMap): void;
  /** Writes M and b of the step from k/d to (k+1)/d, where γ is the learning rate. */
  step(k: number, rate: number, out: LinearMap): void;
}

/** A map of k fields, all zero. */
export const createLinearMap = (fields: number): LinearMap => ({
  matrix: new Float64Array(fields * fields),
  push: new Float64Array(fields),
});

/** Plain SGD (T1). */
export function plainUpdate(dimension: number): Update {
  return {
    fields: ['x'],
    plain: true,
    shape: null,
    plainPath: true,
    equivariant: true,
    monotone: true,
    ofEveryDimension: true,
    start: [1],
    weights: [1],
    breakpoints: [],
    average: null,
    flow(_t, rate, { matrix, push }) {
      matrix[0] = 0;
      push[0] = rate;
    },
    step(_k, rate, { matrix, push }) {
      matrix[0] = 1;
      push[0] = rate / dimension;
    },
  };
}

/** Plain steps by a gradient of another shape. */
export const shapedUpdate = (shape: GradientShape, dimension: number): Update => ({
  ...plainUpdate(dimension),
  plain: false,
  plainPath: false,
  shape,
});

/** What x and a velocity v that remembers gradients have in common: V ← ϑV + G/d, X ← X − (γ/d) G − (κ/d) V. */
export function velocityUpdate(
  dimension: number,
  weight: number,
  coefficients: {
    /** κ at time t and learning rate γ. */
    coupling(t: number, rate: number): number;
    /** θ at time t. */
    decay(t: number): number;
    /** γ in front of the gradient itself, of the schedule's γ. */
    direct(rate: number): number;
    readonly monotone: boolean;
    readonly ofEveryDimension: boolean;
  },
): Update {
  const { coupling, decay, direct } = coefficients;
  return {
    fields: ['x', 'v'],
    plain: false,
    shape: null,
    plainPath: false,
    equivariant: true,
    monotone: coefficients.monotone,
    ofEveryDimension: coefficients.ofEveryDimension,
    start: [1, 0],
    weights: [1, weight],
    breakpoints: [],
    average: null,
    flow(t, rate, { matrix, push }) {
      matrix[0] = 0;
      matrix[1] = -coupling(t, rate);
      matrix[2] = 0;
      matrix[3] = -decay(t);
      push[0] = direct(rate);
      push[1] = -1;
    },
    step(k, rate, { matrix, push }) {
      const t = k / dimension;
      const kept = 1 - decay(t) / dimension;
      const pull = coupling(t, rate) / dimension;
      // X moves by the new V = ϑV + G/d
      matrix[0] = 1;
      matrix[1] = -pull * kept;
      matrix[2] = 0;
      matrix[3] = kept;
      push[0] = (direct(rate) + pull) / dimension;
      push[1] = -1 / dimension;
    },
  };
}
