/** Hash of an experiment's description: what its results depend on, and nothing else. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type Experiment } from './schema.ts';

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

/** Hash of the whole description except its id and name. */
export function experimentHash(experiment: Experiment): string {
  const { id, name, ...described } = experiment;
  return digest(described);
}

/** Hash of what a theory curve depends on. */
export function theoryHash(experiment: Experiment): string {
  const { id, name, simulation, theory, ...described } = experiment;
  return digest(theory.limit ? { ...described, theory: { limit: true } } : described);
}

/** Hash of what one simulation run depends on beside its index: more runs or curves do not make finished ones stale. */
export function simulationHash(experiment: Experiment): string {
  const { id, name, theory, simulation, ...described } = experiment;
  return digest({ ...described, simulation: { engine: simulation.engine, seed: simulation.seed } });
}
