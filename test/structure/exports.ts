/** Who uses what a file exports: names that are imported, followed through files that hand them on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

/** Every name, of an import that takes a file as a whole. */
const ALL = '*';

export interface Links {
  /** Functions, classes and constants that the file declares and exports; not its types, which signatures are made of. */
  readonly declared: readonly string[];
  /** Names of other files that it imports: [file, name]. */
  readonly imported: readonly (readonly [string, string])[];
  /** Names of other files that it exports: [its name for it, file, name there]; those of types are in `types` as well. */
  readonly handedOn: readonly (readonly [string, string, string])[];
  readonly types?: readonly string[];
}

/** Source files below folders of the repository, relative to its root. */
export const filesOf = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name).replaceAll('\\', '/'))
      .filter((path) => /\.(ts|mts|mjs|vue)$/.test(path) && !/\.d\.m?ts$/.test(path)),
  );

/** What a file exports and imports. */
export function linksOf(path: string, text = readFileSync(join(root, path), 'utf8')): Links {
  const code = path.endsWith('.vue')
    ? [...text.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map((m) => m[1]).join('\n')
    : text;
  const source = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  const declared: string[] = [];
  const imported: [string, string][] = [];
  const handedOn: [string, string, string][] = [];
  const types: string[] = [];
  const fileOf = (specifier: ts.Node | undefined): string | null => {
    if (!specifier || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith('.')) return null;
    const file = relative(root, join(root, dirname(path), specifier.text.replace(/\?.*$/, ''))).replaceAll('\\', '/');
    return existsSync(join(root, file)) ? file : null;
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const file = fileOf(node.moduleSpecifier);
      if (file) for (const name of importedNames(node.importClause)) imported.push([file, name]);
    } else if (ts.isExportDeclaration(node)) {
      const file = fileOf(node.moduleSpecifier);
      const { exportClause } = node;
      if (!exportClause || ts.isNamespaceExport(exportClause)) {
        if (file) handedOn.push([ALL, file, ALL]);
      } else {
        for (const { name, propertyName, isTypeOnly } of exportClause.elements) {
          if (isTypeOnly || node.isTypeOnly) types.push(name.text);
          if (file) handedOn.push([name.text, file, (propertyName ?? name).text]);
          else if (!isTypeOnly && !node.isTypeOnly) declared.push(name.text);
        }
      }
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const file = fileOf(node.arguments[0]);
      if (file) imported.push([file, ALL]);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const file = fileOf(node.argument.literal);
      if (file) imported.push([file, node.qualifier?.getText().split('.')[0] ?? ALL]);
    } else if (ts.isNewExpression(node) && node.expression.getText() === 'URL') {
      const file = fileOf(node.arguments?.[0]);
      if (file) imported.push([file, ALL]);
    } else if (isExported(node)) declared.push(...declaredNames(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { declared, imported, handedOn, types };
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  if (!clause) return [];
  const bindings = clause.namedBindings;
  return [
    ...(clause.name ? ['default'] : []),
    ...(bindings && ts.isNamespaceImport(bindings) ? [ALL] : []),
    ...(bindings && ts.isNamedImports(bindings)
      ? bindings.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
      : []),
  ];
}

const isExported = (node: ts.Node): boolean =>
  ts.isSourceFile(node.parent ?? node) &&
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false);

function declaredNames(node: ts.Node): string[] {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return [];
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name)
        ? [name.text]
        : name.elements.flatMap((each) =>
            ts.isBindingElement(each) && ts.isIdentifier(each.name) ? [each.name.text] : [],
          ),
    );
  }
  const { name } = node as ts.Node & { readonly name?: ts.Node };
  return name && ts.isIdentifier(name) ? [name.text] : [];
}

/**
 * Exports that no file of `from` imports, as `file: name`.
 * @param links of every file by its path. @param from files whose imports count.
 */
export function unusedExports(links: ReadonlyMap<string, Links>, from: readonly string[]): string[] {
  const used = new Set<string>();
  const use = (file: string, name: string): void => {
    const key = `${file}: ${name}`;
    if (used.has(key)) return;
    used.add(key);
    for (const [own, next, there] of links.get(file)?.handedOn ?? []) {
      if (own === ALL) use(next, name);
      else if (own === name || name === ALL) use(next, there);
    }
  };
  for (const file of from) for (const [target, name] of links.get(file)?.imported ?? []) use(target, name);
  return [...links].flatMap(([file, { declared, handedOn, types = [] }]) => {
    if (used.has(`${file}: ${ALL}`)) return [];
    const names = [
      ...declared,
      ...handedOn.map(([name]) => name).filter((name) => name !== ALL && !types.includes(name)),
    ];
    return names.filter((name) => !used.has(`${file}: ${name}`)).map((name) => `${file}: ${name}`);
  });
}
