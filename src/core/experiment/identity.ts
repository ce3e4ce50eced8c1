/**
 * The identity of work: what a result depends on, and nothing else, as keys. Whatever is computed, sent, stored, cached
 * or drawn carries one of these keys; two pieces of work with one key have the same bits.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { refusal, Refused } from '../../refusal/refusal.ts';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { observableKinds } from '../observables/observable-kinds.ts';
import { STREAM } from '../data/data-spec.ts';
import { LINEAR } from '../update/parameterization.ts';
import { CLASS_LABELS } from '../labels/labels-spec.ts';
import { isRun, type CurveSource } from './curve-source.ts';
import { type Experiment } from './schema.ts';

/**
 * Version of what is computed for a description. A change of it that is not one of the observables alone, which have
 * versions of their own, makes it larger: older results are then results of an earlier version.
 *
 * 1: version 0.1.0, whose runs may be those of another seed or engine.
 */
const COMPUTED = 2;
/** The version of results: of what is computed, or of the newest observable. */
export const RESULTS_VERSION = String(observableKinds.reduce((most, kind) => Math.max(most, kind.version), COMPUTED));
/** In place of a version: results of another program, which nothing ties to a description. */
export const UNVERIFIED = 'unverified';

/** Keys of a description, each beginning with the version of the results. */
export interface Keys {
  /** Of the whole description except id and name. */
  readonly description: string;
  /** Of the theory curves, and of the frame (times, groups, layout). */
  readonly theory: string;
  /** Of the simulation runs; more runs or other theory curves leave it as it is. */
  readonly simulation: string;
}

/** JSON with sorted keys: the same description gives the same text whatever the order of its keys. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

const digest = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, 32);

/**
 * Keys of an experiment that the format did not have at first, with the defaults that mean what it meant without them.
 * Where one has its default it is left out of what is hashed, so that work of earlier descriptions keeps its key.
 */
const LATER_KEYS: readonly { readonly path: readonly string[]; readonly fallback: unknown }[] = [
  { path: ['labels'], fallback: CLASS_LABELS },
  { path: ['optimizer', 'method'], fallback: { kind: 'sgd' } },
  { path: ['optimizer', 'average'], fallback: null },
  { path: ['theory', 'spread'], fallback: false },
  { path: ['theory', 'start'], fallback: 'averaged' },
  { path: ['labels', 'teacher', 'sparsity'], fallback: 1 },
  { path: ['loss', 'teacher', 'sparsity'], fallback: 1 },
  { path: ['data'], fallback: STREAM },
  { path: ['parameterization'], fallback: LINEAR },
];

/** A description, or the parts of one, without later keys that have their default. */
function withoutLaterDefaults<T extends object>(described: T): T {
  return LATER_KEYS.reduce((rest, { path, fallback }) => without(rest, path, fallback) as T, described);
}

function without(value: object, [key, ...inner]: readonly string[], fallback: unknown): object {
  const { [key]: entry, ...others } = value as Record<string, unknown>;
  if (entry === undefined) return value;
  if (inner.length === 0) return canonicalJson(entry) === canonicalJson(fallback) ? others : value;
  return entry !== null && typeof entry === 'object' ? { ...value, [key]: without(entry, inner, fallback) } : value;
}

/** Descriptions do not change once they are parsed, and those of custom spectra are long. */
const known = new WeakMap<Experiment, Keys>();

/** Keys of a parsed description, for results of this version. */
export function keysOf(experiment: Experiment): Keys {
  let keys = known.get(experiment);
  if (!keys) known.set(experiment, (keys = keysOfVersion(experiment, RESULTS_VERSION)));
  return keys;
}

/** Keys under which results of another version, or of another program, are kept. */
export function keysOfVersion(experiment: Experiment, version: string): Keys {
  const { id, name, simulation, theory, ...rest } = experiment;
  const described = withoutLaterDefaults(rest);
  return {
    description: `${version}-${digest(withoutLaterDefaults({ ...described, simulation, theory }))}`,
    // the runs are of the model's d, whatever the theory's, and know nothing of what it is conditional on
    theory: `${version}-${digest({ ...described, ...theoryPart(experiment) })}`,
    // rows of a theory by quantiles have other numbers, and those of the runs beside it
    simulation: `${version}-${digest({
      ...described,
      ...(theory.start === 'escape' ? { theory: { start: 'escape' } } : {}),
      simulation: { engine: simulation.engine, seed: simulation.seed },
    })}`,
  };
}

/** What theory curves depend on beside what runs do: left out where there is nothing of it. */
function theoryPart({ theory: { limit, start }, simulation }: Experiment): object {
  const asked = {
    ...(limit ? { limit } : {}),
    ...(start !== undefined && start !== 'averaged' ? { start } : {}),
    // the start of run 0
    ...(start === 'given' ? { seed: simulation.seed } : {}),
  };
  return Object.keys(asked).length > 0 ? { theory: asked } : {};
}

/** Key of one curve: description, curve kind or engine, seed and run, version. */
export function workKey({ theory, simulation }: Keys, source: CurveSource): string {
  return workKeyWithin(isRun(source) ? simulation : theory, source);
}

/** The same from the key that curves of its kind share. */
export function workKeyWithin(shared: string, source: CurveSource): string {
  return isRun(source) ? `${shared}/run-${source.run}` : `${shared}/${source.kind}`;
}

/** Key of what `prepare` makes beside the description itself: it looks at neither curves, engine, seed nor runs. */
export function setupKey({
  model,
  labels,
  loss,
  optimizer,
  data,
  parameterization,
  grid,
  horizon,
  theory,
}: Experiment): string {
  const rows = theory.start === 'escape' ? { theory: { start: 'escape' } } : {};
  return digest(
    withoutLaterDefaults({ model, labels, loss, optimizer, data, parameterization, grid, horizon, ...rows }),
  );
}

/** Version that a key was made with, and the rest of it. */
export function splitKey(key: string): { version: string; digest: string } {
  const at = key.indexOf('-');
  return { version: key.slice(0, at), digest: key.slice(at + 1) };
}

/** A result that is not of the work that it was given for. It is not kept, and the user is told. */
export class IdentityError extends Refused {
  override name = 'IdentityError';
  constructor(what: string, expected: string, got: string) {
    super([refusal(what, 'identity', { expected }, got)]);
  }
}

/** @throws IdentityError if a curve's key is not that of its source under the description. */
export function requireIdentity(curve: { source: CurveSource; key: string }, keys: Keys, what: string): void {
  const expected = workKey(keys, curve.source);
  if (curve.key !== expected) throw new IdentityError(what, expected, curve.key);
}
