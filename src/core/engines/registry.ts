/** The simulation engines that exist: a new one is a file beside this one and a line here. */
import { oracleKernel } from '../kernel/oracle.ts';
import { createWasmKernel } from '../kernel/wasm.ts';
import { type EngineKind } from '../experiment/schema.ts';
import { type Engine } from './engine.ts';
import { hsgdEngine } from './hsgd/hsgd.ts';
import { reducedEngine } from './reduced/reduced.ts';
import { createSgdEngine } from './sgd.ts';

export const engines: readonly Engine[] = [
  createSgdEngine(createWasmKernel(), oracleKernel),
  reducedEngine,
  hsgdEngine,
];

/** The engine of a kind. */
export function engineOf(kind: EngineKind): Engine {
  const engine = engines.find((candidate) => candidate.kind === kind);
  if (!engine)
    throw new RangeError(
      `simulation.engine: expected one of ${engines.map((each) => each.kind).join(', ')}, got ${kind}`,
    );
  return engine;
}
