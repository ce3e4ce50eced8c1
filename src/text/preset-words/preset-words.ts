/** What the built-in studies say in another language than English, which is what they say themselves. */

/** What a preset says beyond its title and description. */
export interface PresetWords {
  readonly notes: string;
  /** Names of experiments by their ids; one that is not here has no words. */
  readonly names: Readonly<Record<string, string>>;
}
