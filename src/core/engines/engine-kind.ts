/** Engines by name, and which of them take a description. */
import { type Subject } from '../experiment/schema.ts';
import { type EngineKind } from './engine.ts';
import { engineKinds } from './engine-kinds.ts';

/**
 * The engine of that name.
 * @throws RangeError if there is none.
 */
export function engineKind(name: string): EngineKind {
  const found = engineKinds.find(({ kind }) => kind === name);
  if (!found) throw new RangeError(`expected one of ${engineKinds.map(({ kind }) => kind).join(', ')}, got ${name}`);
  return found;
}

/** The engines that do not refuse a description. */
export const enginesFor = (subject: Subject): EngineKind[] =>
  engineKinds.filter((engine) => engine.refuses(subject) === null);
