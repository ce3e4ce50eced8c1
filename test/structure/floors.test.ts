import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Linter } from 'eslint';
import ts from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { floorOf, floors, floorsRule, refusal } from '../../scripts/floors.mjs';
import { circles, importsOf, missing, sources } from './imports.ts';

const root = join(import.meta.dirname, '..', '..');

describe('floors', () => {
  it.each(floors)('$folder is there, and has files', ({ folder }) => {
    expect(existsSync(join(root, folder))).toBe(true);
    expect(sources.some((path) => floorOf(path)?.folder === folder)).toBe(true);
  });

  it('every file of src stands on one', () => {
    expect(sources.length).toBeGreaterThan(400);
    expect(sources.filter((path) => !floorOf(path))).toEqual([]);
  });

  it('docs/architecture.md has all of them, in their order', () => {
    const text = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8');
    const picture = text.slice(text.indexOf('```'), text.lastIndexOf('```'));
    const drawn = [...picture.matchAll(/^(?:(src\/\w+)| {2}([\w/]+)) {2,}/gm)].map(
      ([, top, inner]) => top ?? `src/core/${inner}`,
    );
    const core = drawn.indexOf('src/core');
    expect(drawn.toSpliced(core, 1).reverse()).toEqual(floors.map(({ folder }) => folder));
  });

  it('imports go down only, those of types too', () => {
    const refused = sources.flatMap((path) =>
      importsOf(path).flatMap((imported) => {
        const why = refusal(path, imported);
        return why ? [`${path} -> ${imported}: ${why}`] : [];
      }),
    );
    expect(refused).toEqual([]);
  });

  it('every relative import is of a file that is there', () => {
    expect(sources.flatMap((path) => missing(path).map((each) => `${path} -> ${each}`))).toEqual([]);
  });

  it.each([
    ['src/core/loss/new.ts', '../theory/solve.ts', 'src/core/loss must not import src/core/theory'],
    ['src/core/theory/equations/new.ts', '../solve.ts', 'src/core/theory/equations must not import src/core/theory'],
    ['src/core/engines/new.ts', '../../study/parse.ts', 'src/core/engines must not import src/study'],
    ['src/api/new.ts', '../main/handlers.ts', 'src/api must not import src/main'],
    ['src/renderer/stores/new.ts', '../../lab/files.ts', 'src/renderer must not import src/lab'],
    ['src/lab/new.ts', '../remote/index.ts', 'src/remote/index.ts stands on no floor'],
  ])('the linter refuses %s an import of %s, however it is written', (path, imported, why) => {
    const code = [
      `import { a } from '${imported}';`,
      `import { type B } from '${imported}';`,
      `import type C from '${imported}';`,
      `export { d } from '${imported}';`,
      `export * from '${imported}';`,
      `export const e = import('${imported}');`,
      `export type F = import('${imported}').F;`,
    ];
    const found = lint(path, code.join('\n'));
    expect(found.map(({ line }) => line)).toEqual(code.map((_, k) => k + 1));
    for (const { message } of found) expect(message).toContain(why);
  });

  it.each([
    ['src/core/theory/new.ts', '../loss/loss.ts'],
    ['src/core/loss/new.ts', './loss.ts'],
    ['src/renderer/stores/new.ts', '../../api/types.ts'],
    ['src/main/new.ts', '../cli/index.ts'],
    ['src/cli/new.ts', 'node:fs'],
  ])('the linter lets %s import %s', (path, imported) => {
    expect(lint(path, `import '${imported}';`)).toEqual([]);
  });
});

describe('circles of files', () => {
  it('are found', () => {
    const graph = new Map([
      ['a', ['b', 'e']],
      ['b', ['c']],
      ['c', ['d', 'b']],
      ['d', []],
      ['e', ['e']],
    ]);
    expect(circles(graph)).toEqual([['b', 'c'], ['e']]);
  });

  it('there are none in src, type-only imports included', () => {
    expect(circles(new Map(sources.map((path) => [path, importsOf(path)])))).toEqual([]);
  });
});

function lint(path: string, code: string): Linter.LintMessage[] {
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser: ts.parser as Linter.Parser },
    plugins: { house: { rules: { floors: floorsRule } } },
    rules: { 'house/floors': 'error' },
  };
  return new Linter({ cwd: root }).verify(code, [config], { filename: join(root, path) });
}
