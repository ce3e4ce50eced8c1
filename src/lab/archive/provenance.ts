/** Where the results in an archive come from, beside the study: told by the curves themselves. */
import { z } from 'zod';
import { keysOf, splitKey } from '../../core/experiment/identity.ts';
import { type ExperimentResults, type Origin } from '../../study/experiment-results.ts';
import { type Study } from '../../core/experiment/schema.ts';

const known = z.string().nullable();

export const provenanceSchema = z.object({
  /** Version of the app that computed the results; null where the curves do not tell, as for all of these. */
  app: known,
  /** Versions of the engines and the runtime, by name. */
  versions: z.record(z.string(), z.string()),
  platform: known,
  /** ISO 8601: the first step of the first curve, and the last step of the last. */
  started: known,
  ended: known,
  /** Simulation seed by experiment. */
  seeds: z.record(z.string(), z.number()),
  /** Hash of each experiment's description. */
  hashes: z.record(z.string(), z.string()),
});

export type ArchiveProvenance = Readonly<z.infer<typeof provenanceSchema>>;

/** What the curves tell of where they come from; where they differ, all that they tell, separated by commas. */
export function provenanceOf(study: Study, results: readonly ExperimentResults[]): ArchiveProvenance {
  const origins = results.flatMap(({ curves }) => curves.flatMap(({ report }) => report.origin ?? []));
  const all = (tell: (origin: Origin) => string | undefined): string | null =>
    [...new Set(origins.flatMap((origin) => tell(origin) ?? []))].sort().join(', ') || null;
  const names = [...new Set(origins.flatMap(({ versions }) => Object.keys(versions)))].sort();
  const byId = <T>(value: (experiment: Study['experiments'][number]) => T) =>
    Object.fromEntries(study.experiments.map((experiment) => [experiment.id, value(experiment)]));
  return {
    app: all(({ app }) => app),
    versions: Object.fromEntries(names.map((name) => [name, all(({ versions }) => versions[name]) ?? ''])),
    platform: all(({ platform }) => platform),
    started: origins.map(({ started }) => started).sort()[0] ?? null,
    ended:
      origins
        .map(({ ended }) => ended)
        .sort()
        .at(-1) ?? null,
    seeds: byId(({ simulation }) => simulation.seed),
    hashes: byId((experiment) => splitKey(keysOf(experiment).description).digest),
  };
}
