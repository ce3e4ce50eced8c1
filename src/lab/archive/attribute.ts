/**
 * Whose results a file has: curves belong to the experiments that have their keys, under whatever name the file keeps
 * them. What belongs to none is told by what it was computed for.
 */
import { type OlderStanding, type Standing } from '../../study/standing.ts';
import { keysOf, keysOfVersion, RESULTS_VERSION, splitKey, UNVERIFIED } from '../../core/experiment/identity.ts';
import { refusal, type Refusal } from '../../refusal/refusal.ts';
import { bySource } from '../../study/experiment-results.ts';
import { type ExperimentResults } from '../../study/experiment-results.ts';
import { type Experiment, type Study } from '../../core/experiment/schema.ts';

/** Results as a file has them under an id: of the description that they were computed for, which has that id. */
export interface ReadResults extends ExperimentResults {
  /** Version of the results (core/experiment/identity.ts). */
  readonly version: string;
}

/** Results with what they are to the study's description of the experiment of their id. */
export interface ArchivedResults extends ReadResults {
  readonly standing: Standing;
}

/**
 * The results of a study's experiments, in its order: the current ones of each first, then what its id has beside them.
 * @param refusals what is not of its description is added. @param notices what cannot be told is added.
 */
export function attribute(
  study: Study,
  read: readonly ReadResults[],
  refusals: Refusal[],
  notices: Refusal[],
): ArchivedResults[] {
  const own = read.filter(({ version }) => version === RESULTS_VERSION);
  const taken = new Set<string>();
  const current = study.experiments.map((experiment) => ({ experiment, found: currentOf(experiment, own) }));
  for (const { found } of current) for (const { key } of found?.curves ?? []) taken.add(key);
  const results = current.flatMap(({ experiment, found }): ArchivedResults[] => [
    ...(found ? [found] : []),
    ...read.filter((each) => each.experiment.id === experiment.id).flatMap((each) => rest(experiment, each)),
  ]);
  const ids = new Set(study.experiments.map(({ id }) => id));
  for (const { experiment, curves } of read) {
    if (!ids.has(experiment.id) && curves.some(({ key }) => !taken.has(key))) {
      refusals.push(refusal(experiment.id, 'results-of-none', {}));
    }
  }
  return results;

  /** What is left of the results under an experiment's id. */
  function rest(asked: Experiment, { experiment, frame, curves, version }: ReadResults): ArchivedResults[] {
    const left = version === RESULTS_VERSION ? curves.filter(({ key }) => !taken.has(key)) : curves;
    if (left.length === 0) return [];
    const standing = standingOf(asked, experiment, version);
    (standing === 'unverified' ? notices : refusals).push(refusal(asked.id, `results-${standing}`, {}));
    // the study's own name, whatever it was called when it was computed
    const of = standing === 'stale' ? experiment : { ...experiment, name: asked.name };
    return [{ experiment: of, frame, curves: left, version, standing }];
  }
}

/** The curves of an experiment's description, wherever they are. */
function currentOf(experiment: Experiment, own: readonly ReadResults[]): ArchivedResults | null {
  const { theory, simulation } = keysOf(experiment);
  const isOf = (key: string) => key.startsWith(`${theory}/`) || key.startsWith(`${simulation}/`);
  const found = new Map(
    own.flatMap(({ frame, curves }) =>
      curves.filter(({ key }) => isOf(key)).map((curve) => [curve.key, { curve, frame }] as const),
    ),
  );
  const [first] = found.values();
  if (!first) return null;
  const curves = [...found.values()].map(({ curve }) => curve).sort(bySource);
  return { experiment, frame: first.frame, curves, version: RESULTS_VERSION, standing: 'current' };
}

function standingOf(asked: Experiment, described: Experiment, version: string): OlderStanding {
  if (version === UNVERIFIED) return 'unverified';
  if (version === RESULTS_VERSION) return 'stale';
  const [own, wanted] = [keysOfVersion(described, version), keysOf(asked)];
  const alike = (kind: 'theory' | 'simulation') => splitKey(own[kind]).digest === splitKey(wanted[kind]).digest;
  return alike('theory') || alike('simulation') ? 'earlier-version' : 'stale';
}
