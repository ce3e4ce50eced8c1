/** The steps of reduced runs that advance together: what they do to the chains' states, whichever way they are computed. */

export interface Loop {
  /** Takes steps of SGD in every run. */
  advance(steps: number): void;
  /** Brings the ChainState of a run up to date. */
  settle(run: number): void;
  /** d⁻² Σ_j ‖∇Ψ_j‖² of a run so far, for rules that depend on it. */
  accumulated(run: number): number;
  /** Gives memory back. */
  dispose(): void;
}
