/** Where and when results were computed, as study.json says it beside the study. */
import { z } from 'zod';
import { experimentHash } from '../../core/study/hash.ts';
import { type Study } from '../../core/study/schema.ts';

const given = z.object({
  /** Version of the app. */
  app: z.string(),
  /** Versions of the engines and the runtime, by name. */
  versions: z.record(z.string(), z.string()),
  platform: z.string(),
  /** ISO 8601. */
  started: z.string(),
  ended: z.string(),
});

export const provenanceSchema = given.extend({
  /** Simulation seed by experiment. */
  seeds: z.record(z.string(), z.number()),
  /** Hash of each experiment's description. */
  hashes: z.record(z.string(), z.string()),
});

/** What the caller of the writer knows. */
export type Provenance = Readonly<z.infer<typeof given>>;
/** With the parts that the writer fills in from the study. */
export type ArchiveProvenance = Readonly<z.infer<typeof provenanceSchema>>;

export function withStudy(provenance: Provenance, study: Study): ArchiveProvenance {
  const byId = <T>(value: (experiment: Study['experiments'][number]) => T) =>
    Object.fromEntries(study.experiments.map((experiment) => [experiment.id, value(experiment)]));
  return {
    ...provenance,
    seeds: byId(({ simulation }) => simulation.seed),
    hashes: byId(experimentHash),
  };
}
