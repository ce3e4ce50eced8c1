/** The SGD kernel beside the oracle, plain C and NumPy: `npx tsx test/bench/kernel.bench.ts`. */
import { plainUpdate } from '../../src/core/update/update.ts';
import { pathToFileURL } from 'node:url';
import { acquireInstance } from '../../src/core/wasm/instance.ts';
import { type KernelProblem, type SgdKernel } from '../../src/core/kernel/kernel.ts';
import { oracleKernel } from '../../src/core/kernel/oracle.ts';
import { createWasmKernel } from '../../src/core/kernel/wasm.ts';
import { createLoss } from '../../src/core/loss/loss-spec.ts';
import { rootStream } from '../../src/core/math/random.ts';
import { type Baselines, type Contender, findBaselines, inProcess, race } from './contenders.ts';
import { type BenchRow } from './row.ts';

const DIMENSION = 1000;
/** Many rounds of well below a millisecond: shorter than a time slice, so that the median sees no other process. */
const ROUNDS = 201;
const WARM_UP = 50;
const STEPS = 200;
/** The oracle is slow: fewer steps give the same number. */
const ORACLE_STEPS = 5;
const BLOCK = 512;
const BLOCKS = 400;
const ORACLE_NORMALS = 10_000;

function problemOf(classes: number): KernelProblem {
  const root = rootStream(1).child('bench', classes);
  const stream = root.child('problem');
  const matrix = (next: () => number) => Float64Array.from({ length: classes * DIMENSION }, next);
  const outputs = classes === 2 ? 1 : classes;
  return {
    dimension: DIMENSION,
    classes,
    outputs,
    priors: new Float64Array(classes).fill(1 / classes),
    deviations: matrix(() => stream.uniform()),
    means: matrix(() => stream.normal() / Math.sqrt(DIMENSION)),
    loss: createLoss({ kind: classes === 2 ? 'logistic' : 'softmax' }, classes),
    teacher: new Float64Array(0),
    batchSize: 1,
    ridge: 0,
    update: plainUpdate(DIMENSION),
    start: new Float64Array(outputs * DIMENSION),
    key: root.child('run').key,
  };
}

function kernelContender(kernel: SgdKernel, classes: number, steps: number): Contender {
  const run = kernel.start(problemOf(classes));
  const rates = { kind: 'given', rates: new Float64Array(steps).fill(0.5) } as const;
  return {
    ...inProcess(kernel.name, steps * DIMENSION, () => run.advance(steps, rates)),
    dispose: () => run.dispose(),
  };
}

function normalsContenders(): Contender[] {
  // the run's end leaves its generators seeded in an instance that the next run would take
  createWasmKernel().start(problemOf(2)).dispose();
  const instance = acquireInstance();
  const stream = rootStream(1).child('bench');
  return [
    inProcess('wasm', BLOCK * BLOCKS, () => instance.skipNormals(BLOCKS)),
    inProcess('typescript', ORACLE_NORMALS, () => {
      for (let k = 0; k < ORACLE_NORMALS; k++) stream.normal();
    }),
  ];
}

/** A row of the contenders, ours first. */
async function rowOf(what: string, unit: string, target: string, contenders: Contender[]): Promise<BenchRow> {
  const [value, ...others] = await race(contenders, ROUNDS, WARM_UP);
  const ratios = Object.fromEntries(others.map((time, k) => [contenders[k + 1].name, time / value]));
  return { what, value, unit, ratios, target };
}

function sgdRow(what: string, classes: number, target: string, baselines: Baselines): Promise<BenchRow> {
  return rowOf(what, 'ns per coordinate and step', target, [
    kernelContender(createWasmKernel(), classes, STEPS),
    kernelContender(oracleKernel, classes, ORACLE_STEPS),
    ...baselines.start('sgd', DIMENSION, classes),
  ]);
}

/** SGD and its normals, d = 1000, median times. */
export async function benchKernel(): Promise<BenchRow[]> {
  const baselines = findBaselines();
  try {
    return [
      await rowOf('normals', 'ns per normal', '≤ 0.8 ns', [
        ...normalsContenders(),
        ...baselines.start('normals', DIMENSION, 2),
      ]),
      await sgdRow('SGD, binary logistic, d = 1000', 2, '≤ 1.3 ns; ≥ 2.5 × C', baselines),
      await sgdRow('SGD, softmax C = 4, d = 1000', 4, '≤ 1.6 ns', baselines),
      await sgdRow('SGD, softmax C = 10, d = 1000', 10, '≤ 2.3 ns', baselines),
    ];
  } finally {
    baselines.dispose();
  }
}

function lineOf({ what, value, unit, ratios, target }: BenchRow): string {
  const others = Object.entries(ratios).map(([name, ratio]) => `${name} × ${ratio.toFixed(1)}`);
  return `${what}: ${value.toFixed(2)} ${unit} (target ${target ?? 'none'}); ${others.join(', ')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const row of await benchKernel()) console.log(lineOf(row));
}
