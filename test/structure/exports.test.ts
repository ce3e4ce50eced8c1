import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, linksOf, unusedExports, type Links } from './exports.ts';

const root = join(import.meta.dirname, '..', '..');
/** The kernel's own language has its own exports: what WebAssembly is asked for. */
const src = filesOf('src').filter((path) => !path.startsWith('src/core/wasm/assembly/'));
const tests = filesOf('test', 'scripts');
const links = new Map([...src, ...tests].map((path) => [path, linksOf(path)]));
/** Files that programs start with, not files that import them. */
const isOfSrc = (found: string) => found.startsWith('src/');

/** What src exports for tests alone, and why. */
const FOR_TESTS: Readonly<Record<string, string>> = {
  'src/core/kernel/oracle.ts': 'the readable kernel that the compiled one is compared with',
  'src/core/kernel/wasm.ts': 'parts of the compiled kernel that are compared with their readable forms',
  'src/core/kernel/reduced-chain.ts': 'draws of the compiled kernel that are compared with their readable forms',
  'src/core/engines/reduced/compiled.ts': 'the compiled engine is compared with the readable one',
  'src/core/engines/reduced/reduced-engine.ts': 'the readable engine, with a random stream that the test gives it',
  'src/core/loss/softmax-moments.ts': 'rules of points whose errors are measured alone',
  'src/core/engines/engine.ts': 'what an engine refuses, asked of it alone',
  'src/core/engines/sgd.ts': 'SGD with the kernel that the test gives it',
  'src/core/labels/teacher-bernoulli.ts': 'labels whose averages are compared with samples of them',
  'src/core/labels/teacher-sign.ts': 'labels whose averages are compared with samples of them',
  'src/api/command.ts': 'tests loop over every command',
  'src/api/settings.ts': 'tests make a table with a setting of their own',
  'src/cli/commands.ts': 'tests loop over every command',
  'src/figures/clean.ts': 'groups of directions, their shares and the threshold of being clean',
  'src/figures/ticks.ts': 'places of ticks, apart from the axes that they are on',
  'src/figures/view.ts': 'tests loop over every kind of band',
  'src/figures/index.ts': 'the parts of figures that their tests ask for by the same door',
  'src/figures/sweep/index.ts': 'the parts of figures that their tests ask for by the same door',
  'src/figures/sweep/values.ts': 'the values of one point, which a law over several points is fitted to',
  'src/lab/archive/zip-reader.ts': 'the limits that hostile files are made to pass',
  'src/lab/cluster/script.ts': 'the text of the script, which a shell is made to read',
  'src/lab/cluster/submit.ts': 'how tasks are packed where a site allows few jobs',
  'src/lab/report/index.ts': 'a figure of the report, alone',
  'src/renderer/charts/png-text.ts': 'the checksum of PNG files',
  'src/renderer/draft/numbers.ts': 'how what is typed is read',
  'src/renderer/lab.ts': 'tests put their own main process in its place',
  'src/renderer/stores/live.ts': 'the size from which rows are not drawn as they come',
};

describe('exports', () => {
  it('are followed through files that hand them on', () => {
    const file = (imported: Links['imported'], declared: string[] = [], handedOn: Links['handedOn'] = []): Links => ({
      declared,
      imported,
      handedOn,
    });
    const graph = new Map([
      ['a', file([], ['used', 'unused', 'renamed', 'whole'])],
      [
        'index',
        file(
          [],
          [],
          [
            ['used', 'a', 'used'],
            ['other', 'a', 'renamed'],
            ['stale', 'a', 'unused'],
          ],
        ),
      ],
      ['all', file([], [], [['*', 'b', '*']])],
      ['b', file([], ['c', 'd'])],
      [
        'main',
        file([
          ['index', 'used'],
          ['index', 'other'],
          ['all', 'c'],
        ]),
      ],
    ]);
    expect(unusedExports(graph, [...graph.keys()])).toEqual(['a: unused', 'a: whole', 'index: stale', 'b: d']);
    expect(unusedExports(graph, [])).toHaveLength(9);
  });

  it('are found however they are written', () => {
    const code = [
      'export const a = 1, [b] = x;',
      'export function d() {}',
      'export class E {}',
      'export interface F {}',
      'export type G = F;',
      'const h = 2; export { h, h as i };',
      "import j, { k, type L as M } from './exports.ts';",
      "import * as n from './imports.ts';",
      "export { o as p, type r } from './exports.ts';",
      "const q = () => import('./floors.test.ts');",
    ];
    const found = linksOf('test/structure/any.ts', code.join('\n'));
    expect(found.declared).toEqual(['a', 'b', 'd', 'E', 'h', 'i']);
    expect(found.imported).toEqual([
      ['test/structure/exports.ts', 'default'],
      ['test/structure/exports.ts', 'k'],
      ['test/structure/exports.ts', 'L'],
      ['test/structure/imports.ts', '*'],
      ['test/structure/floors.test.ts', '*'],
    ]);
    expect(found.handedOn).toEqual([
      ['p', 'test/structure/exports.ts', 'o'],
      ['r', 'test/structure/exports.ts', 'r'],
    ]);
    expect(found.types).toEqual(['r']);
  });

  it('of src are imported by src, or for a reason by tests alone: functions, classes, constants and what is handed on', () => {
    const dead = unusedExports(links, [...src, ...tests]).filter(isOfSrc);
    const ofTests = unusedExports(links, src).filter(isOfSrc);
    const hasReason = (found: string) => found.replace(/: .*/, '') in FOR_TESTS;
    expect(dead.filter((found) => !hasReason(found))).toEqual([]);
    expect(ofTests.filter((found) => !hasReason(found))).toEqual([]);
    // a reason without its export is none
    const files = new Set(ofTests.map((found) => found.replace(/: .*/, '')));
    expect(Object.keys(FOR_TESTS).filter((file) => !files.has(file))).toEqual([]);
  });
});

/** Files of src that are longer than a file should be, and why. */
const LONG: Readonly<Record<string, string>> = {};

it('no file of src is longer than 400 lines without a reason', () => {
  const lengths = filesOf('src').map(
    (path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length - 1] as const,
  );
  expect(lengths.length).toBeGreaterThan(400);
  expect(lengths.filter(([path, length]) => length > 400 && !(path in LONG))).toEqual([]);
  expect(Object.keys(LONG).filter((path) => !lengths.some(([long, length]) => long === path && length > 400))).toEqual(
    [],
  );
});
