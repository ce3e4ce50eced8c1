/** Where results come from: written into every archive, shown in every report. */
import { experimentHash } from '../core/study/hash.ts';
import { type Study } from '../core/study/schema.ts';
import { version } from '../../package.json';

export interface Provenance {
  readonly app: string;
  readonly version: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly platform: string;
  /** ISO 8601. */
  readonly started: string;
  readonly ended: string;
  /** Simulation seed by experiment. */
  readonly seeds: Readonly<Record<string, number>>;
  /** Hash of each experiment's description. */
  readonly hashes: Readonly<Record<string, string>>;
}

export function provenance(study: Study, started: Date, ended: Date): Provenance {
  const byId = <T>(value: (experiment: Study['experiments'][number]) => T) =>
    Object.fromEntries(study.experiments.map((experiment) => [experiment.id, value(experiment)]));
  const { node, v8, electron } = process.versions;
  return {
    app: 'SGD Dynamics Lab',
    version,
    engines: { node, v8, ...(electron && { electron }) },
    platform: `${process.platform}-${process.arch}`,
    started: started.toISOString(),
    ended: ended.toISOString(),
    seeds: byId(({ simulation }) => simulation.seed),
    hashes: byId(experimentHash),
  };
}
