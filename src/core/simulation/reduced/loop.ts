/** The steps of a reduced run: what they do to the chain's state, whichever way they are computed. */

export interface Loop {
  /** Takes steps of SGD. */
  advance(steps: number): void;
  /** Brings the ChainState up to date. */
  settle(): void;
  /** d⁻² Σ_j ‖∇Ψ_j‖² so far, for rules that depend on it. */
  accumulated(): number;
  /** Gives memory back. */
  dispose(): void;
}
