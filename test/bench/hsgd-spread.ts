/**
 * Spread between runs of homogenised SGD over that of SGD, the table of docs/hsgd.md: the engines called directly, and (T16).
 * Run: npx tsx test/bench/hsgd-spread.ts [RUNS [PART OF A NAME]]. The same numbers without any code of this project: hsgd_spread.py.
 */
import { createWasmKernel } from '../../src/core/kernel/wasm.ts';
import { hsgd } from '../../src/core/engines/hsgd/hsgd.ts';
import { createSgdEngine } from '../../src/core/engines/sgd.ts';
import { constantRate, identity, powerLaw, setupOf } from '../core/theory/solving.ts';
import { spreads } from '../core/theory/fluctuations/spreads.ts';
import { ensemble, summary } from '../core/engines/ensembles.ts';

const [runs, wanted] = [Number(process.argv[2] ?? 2000), process.argv[3] ?? ''];

const early = { horizon: 2, grid: { kind: 'linear', points: 2 } };
const late = { horizon: 20, grid: { kind: 'linear', points: 21 } };

const CASES: readonly { name: string; times: readonly number[]; points: readonly number[]; description: object }[] = [
  ...[0.5, 1, 3].map((rate) => ({
    name: `power law α = (0.5, 1), β = 0.2, γ = ${rate}, d = 200`,
    times: [2, 5, 10, 20],
    points: [2, 5, 10, 20],
    description: { model: powerLaw(200, [0.5, 1], 0.2), optimizer: constantRate(rate), ...late },
  })),
  ...[
    [0.2, 200],
    [1, 200],
    [1, 800],
    [2, 200],
    [2, 800],
  ].map(([rate, dimension]) => ({
    name: `identity, flat opposite means, γ = ${rate}, d = ${dimension}`,
    times: [2],
    points: [1],
    description: { model: identity(dimension, [1, 1]), optimizer: constantRate(rate), ...early },
  })),
];

/** Columns of the table: fields of a row. */
const STATISTICS = ['risk', 'norm', 'overlap'];

const sgd = createSgdEngine(createWasmKernel());
console.log(`logistic loss, ${runs} runs each; ratio of the sd (its standard error)`);
console.log('| case | t | risk | ‖X‖² | m_1 | (T16): risk | ‖X‖² | m_1 |\n|---|---|---|---|---|---|---|---|');
for (const { name, times, points, description } of CASES.filter(({ name }) => name.includes(wanted))) {
  const setup = setupOf({ ...description, loss: { kind: 'logistic' } });
  // streams of their own for either engine: run numbers do not overlap
  const [full, homogenised] = [await ensemble(sgd, setup, runs), await ensemble(hsgd, setup, runs, runs)];
  const [byTheory, homogenisedByTheory] = [spreads(setup), spreads(setup, { discrete: false })];
  times.forEach((t, k) => {
    const theory = STATISTICS.map((key) => {
      const at = points[k] * (key === 'overlap' ? setup.layout.classes : 1);
      return (homogenisedByTheory.field(key)[at] / byTheory.field(key)[at]).toFixed(3);
    });
    const cells = STATISTICS.map((key) => {
      const [left, right] = [full, homogenised].map((each) => summary(each.values(points[k], key)));
      const ratio = right.sd / left.sd;
      const error = ratio * Math.hypot(left.sdError / left.sd, right.sdError / right.sd);
      return `${ratio.toFixed(3)} (${error.toFixed(3)})`;
    });
    console.log(`| ${k === 0 ? name : ''} | ${t} | ${[...cells, ...theory].join(' | ')} |`);
  });
}
