/**
 * A method that is one file and one line of the registry: it parses, has its field in the editor, runs in theory and in
 * both kernels, is drawn, exported and reloaded.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { saidBy } from '../refusals.ts';
import { englishLine } from '../../src/text/refusals/index.ts';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mount } from '@vue/test-utils';
import { type z } from 'zod';
import { describe, expect, it, vi } from 'vitest';
import { createSgdEngine } from '../../src/core/engines/sgd.ts';
import { simulate } from '../../src/core/engines/engine.ts';
import { keysOf, workKey } from '../../src/core/experiment/identity.ts';
import { type Experiment } from '../../src/core/experiment/schema.ts';
import { prepare } from '../../src/core/experiment/setup.ts';
import { oracleKernel } from '../../src/core/kernel/oracle.ts';
import { createWasmKernel } from '../../src/core/kernel/wasm.ts';
import { solveTheory } from '../../src/core/theory/solve.ts';
import { defaultView, figureKind } from '../../src/figures/index.ts';
import { exportCsv } from '../../src/lab/archive/csv.ts';
import { readArchive } from '../../src/lab/archive/read.ts';
import { writeArchive } from '../../src/lab/archive/write.ts';
import { equations } from '../../src/renderer/equations.ts';
import { emptyExperiment, withMethod } from '../../src/renderer/draft/experiment.ts';
import { setAt } from '../../src/renderer/draft/path.ts';
import ExperimentEditor from '../../src/renderer/components/editor/ExperimentEditor.vue';
import { useStudy } from '../../src/renderer/stores/study.ts';
import { parseExperiment, parseStudy } from '../../src/study/parse.ts';
import {
  curveField,
  experimentFrame,
  simulationCurves,
  theoryCurve,
  type Curve,
} from '../../src/study/experiment-results.ts';
import { useFakeLab } from '../renderer/support/fake-lab.ts';

// the line of the registry
vi.mock('../../src/core/update/method/method-kinds.ts', async (original) => {
  const { schemaOfKinds } = await import('../../src/core/description/strict.ts');
  const { decoupledDecay } = await import('./decoupled-decay.ts');
  const { methodKinds: registered } = await original<{
    methodKinds: readonly { readonly kind: string; schema: z.ZodObject }[];
  }>();
  const methodKinds = [...registered, decoupledDecay];
  return {
    methodKinds,
    methodSchema: schemaOfKinds(methodKinds),
    methodKind: ({ kind }: { kind: string }) => methodKinds.find((each) => each.kind === kind),
  };
});

const draft = (changes: readonly (readonly [readonly string[], unknown])[] = []) =>
  changes.reduce(
    (each, [path, value]) => setAt(each, path as string[], value),
    setAt(withMethod(emptyExperiment('toy', 'Toy'), 'decoupled-decay'), ['model', 'dimension'], 60),
  );

function parsed(input: unknown): Experiment {
  const result = parseExperiment(input);
  if (!result.ok) throw new Error(result.refusals.map(englishLine).join('\n'));
  return result.value;
}

const SHORT = [
  [['horizon'], 3],
  [['grid'], { kind: 'linear', points: 7 }],
] as const;

function theoryOf(experiment: Experiment): Float64Array {
  const setup = prepare(experiment);
  const rows = new Float64Array(setup.steps.length * setup.layout.size);
  const onRow = (point: number, row: Float64Array) => rows.set(row, point * setup.layout.size);
  solveTheory(setup, { noise: true, tolerance: 1e-9, onRow, shouldStop: () => false });
  return rows;
}

async function runOf(experiment: Experiment, kernel: 'wasm' | 'oracle'): Promise<Float64Array> {
  const setup = prepare(experiment);
  const rows = new Float64Array(setup.steps.length * setup.layout.size);
  const onRow = (_: number, point: number, row: Float64Array) => rows.set(row, point * setup.layout.size);
  const engine = createSgdEngine(kernel === 'wasm' ? createWasmKernel() : oracleKernel);
  await simulate(engine, setup, { runs: [0], onRow, shouldStop: () => false });
  return rows;
}

const distance = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), 0);

describe('a method of one file and one line', () => {
  it('parses, with its own refusals', () => {
    expect(parsed(draft()).optimizer.method).toEqual({ kind: 'decoupled-decay', shrinking: 0.5 });
    expect(saidBy(() => parsed(draft([[['optimizer', 'method', 'shrinking'], -1]])))).toMatch(/method\.shrinking/);
    expect(saidBy(() => parsed(draft([[['optimizer', 'method', 'shrink'], 1]])))).toMatch(/shrinking/);
  });

  it('has its field in the editor, and its step in TeX', async () => {
    const lab = useFakeLab();
    lab.add('s', { name: 'S', notes: '', experiments: [draft()] });
    const study = useStudy();
    await study.open('s');
    const wrapper = mount({
      components: { ExperimentEditor },
      setup: () => ({ study }),
      template: '<ExperimentEditor :draft="study.draft.experiments[0]" />',
    });
    expect(wrapper.text()).toContain('Decoupled decay');
    expect(wrapper.text()).toContain('Shrinking ω');
    const input = wrapper.get('[data-field="optimizer.method.shrinking"]');
    await (input.element.tagName === 'INPUT' ? input : input.get('input')).setValue('0.25');
    expect(study.draft.experiments[0].optimizer).toMatchObject({ method: { shrinking: 0.25 } });
    study.close();
    expect(equations(parsed(draft()))[0].filled).toContain('\\tfrac{0.5}{d}');
  });

  it('runs: with ω = γδ it is SGD with a ridge δ, in theory and in simulation', async () => {
    const toy = parsed(draft(SHORT));
    const ridge = parsed(draft([...SHORT, [['optimizer', 'method'], { kind: 'sgd' }], [['optimizer', 'ridge'], 0.5]]));
    expect(distance(theoryOf(toy), theoryOf(ridge))).toBeLessThan(1e-7);
    for (const kernel of ['oracle', 'wasm'] as const) {
      const [own, wanted] = [await runOf(toy, kernel), await runOf(ridge, kernel)];
      expect(wanted[wanted.length - 1]).not.toBe(0);
      expect(distance(own, wanted)).toBeLessThan(1e-11);
    }
    const none = parsed(draft([...SHORT, [['optimizer', 'method', 'shrinking'], 0]]));
    expect(distance(theoryOf(toy), theoryOf(none))).toBeGreaterThan(1e-3);
  });

  it('is drawn, exported and reloaded', async () => {
    const experiment = parsed(draft(SHORT));
    const keys = keysOf(experiment);
    const frame = experimentFrame(prepare(experiment));
    const curve = (source: Curve['source'], rows: Float64Array): Curve => ({
      source,
      key: workKey(keys, source),
      rows,
      points: frame.t.length,
      outcome: { status: 'done', t: 3 },
      report: { origin: null, seconds: 1, details: {} },
    });
    const results = {
      experiment,
      frame,
      curves: [
        curve({ kind: 'ode' }, theoryOf(experiment)),
        curve({ kind: 'simulation', run: 0 }, await runOf(experiment, 'wasm')),
      ],
    };
    const figure = figureKind('risk')?.build([{ results, place: 0 }], defaultView);
    expect(figure?.empty).toBe(false);

    const folder = mkdtempSync(join(tmpdir(), 'sgdlab-toy-'));
    try {
      const study = parseStudy({ format: 'sgdlab-study', version: 1, experiments: [experiment] });
      if (!study.ok) throw new Error(JSON.stringify(study.refusals));
      const file = join(folder, 'toy.sgdlab');
      writeArchive(file, study.value, [results]);
      const { study: again, results: found } = readArchive(file);
      expect(again.experiments[0]).toEqual(experiment);
      expect(theoryCurve(found[0], 'ode')?.rows).toEqual(results.curves[0].rows);
      expect(simulationCurves(found[0])[0].rows).toEqual(results.curves[1].rows);
      exportCsv(folder, study.value, found);
      const table = readFileSync(join(folder, readdirSync(folder).find((name) => name === 'toy.csv') ?? ''), 'utf8');
      const last = curveField(frame, results.curves[0].rows, 'risk')[frame.t.length - 1];
      expect(table).toContain(String(last));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
