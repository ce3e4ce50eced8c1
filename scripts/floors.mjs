/**
 * The floors of src, from the ground up (docs/architecture.md), and the linter's rule that imports go down only. A new
 * folder of its own rank is a line here.
 */
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** From the ground up: a folder, and why it looks no higher. The files of a folder that is not listed are its parent's. */
export const floors = [
  { folder: 'src/refusal', reason: 'what is refused is data that every floor makes and none owns' },
  { folder: 'src/core/math', reason: 'mathematics knows nothing of models or losses' },
  { folder: 'src/core/wasm', reason: 'the compiled module is numbers in, numbers out; losses and kernels call it' },
  { folder: 'src/core/description', reason: 'reading strictly and writing formulas is the same for every kind' },
  { folder: 'src/core/formula', reason: 'a formula is a text, its tree and its derivative, whatever it is a loss of' },
  {
    folder: 'src/core/model',
    reason: 'a model is eigenvalues, means and the law of outputs, whatever is minimised on it',
  },
  { folder: 'src/core/labels', reason: 'labels are told to a loss, whichever it is' },
  { folder: 'src/core/loss', reason: 'a loss is a function of outputs and its Gaussian moments, whoever uses them' },
  { folder: 'src/core/data', reason: 'a data set is drawn from the model and labelled, whatever passes over it' },
  {
    folder: 'src/core/schedule',
    reason: 'a learning-rate rule is handed what it looks at, by theory and simulation alike',
  },
  { folder: 'src/core/update', reason: 'a step is linear in its fields, whoever takes the gradient' },
  { folder: 'src/core/observables', reason: 'theory and simulation write the same row; it knows neither' },
  {
    folder: 'src/core/experiment',
    reason: 'a description and what is made from it must not depend on who computes with it',
  },
  { folder: 'src/core/theory/integrator', reason: 'a stepper takes any drift: it knows no equation' },
  { folder: 'src/core/theory/nodes', reason: 'nodes are made from the model, before there is a state' },
  { folder: 'src/core/theory/equations', reason: 'the equations do not know how they are solved' },
  { folder: 'src/core/theory/jacobian', reason: 'a drift with its Jacobian is still a drift: it is stepped by others' },
  { folder: 'src/core/theory', reason: 'a solution is there before anything is said of it' },
  { folder: 'src/core/theory/analysis', reason: 'what theory says is independent of any simulation' },
  { folder: 'src/core/kernel', reason: 'a kernel is the inner loop that an engine exchanges' },
  { folder: 'src/core/engines', reason: 'science knows nothing of files, people or words' },
  { folder: 'src/study', reason: 'a study is data: it is read, checked and estimated without being shown or stored' },
  { folder: 'src/text', reason: 'sentences are for whoever shows them: the page, figures, menu, dialogs, report' },
  { folder: 'src/figures', reason: 'a figure is drawn from data, in workers, Node and the page alike' },
  { folder: 'src/api', reason: 'the contract of page and main process is owned by neither' },
  { folder: 'src/lab', reason: 'the lab is shared by the app and the command line' },
  { folder: 'src/cli', reason: 'the command line runs without the app' },
  { folder: 'src/main', reason: 'the main process talks to the page through src/api alone' },
  {
    folder: 'src/renderer',
    reason: 'the page has no Node: what it wants of the lab it asks through src/api',
    not: ['src/lab', 'src/cli', 'src/main'],
  },
];

const within = (folder, path) => path === folder || path.startsWith(`${folder}/`);

/** The floor of a path relative to the root, such as `src/core/loss/loss.ts`; the innermost folder that is listed. */
export function floorOf(path) {
  return floors
    .filter(({ folder }) => within(folder, path))
    .reduce((best, floor) => (best && best.folder.length > floor.folder.length ? best : floor), undefined);
}

/** Why a file must not import another (both relative to the root); null if it may. */
export function refusal(importer, imported) {
  const from = floorOf(importer);
  if (!from || !within('src', imported)) return null;
  const to = floorOf(imported);
  if (!to) return `${imported} stands on no floor: scripts/floors.mjs lists them`;
  const up = floors.indexOf(to) > floors.indexOf(from);
  if (!up && !from.not?.includes(to.folder)) return null;
  return `${from.folder} must not import ${to.folder}: ${from.reason}`;
}

const fromRoot = (path) => relative(root, path).split(sep).join('/');

/** ESLint's rule: every relative import, of types too, goes down or stays on its floor. */
export const floorsRule = {
  meta: { type: 'problem', schema: [], messages: { up: '{{ why }}' } },
  create(context) {
    const check = (source) => {
      if (typeof source?.value !== 'string' || !source.value.startsWith('.')) return;
      const imported = fromRoot(join(dirname(context.filename), source.value));
      const why = refusal(fromRoot(context.filename), imported);
      if (why) context.report({ node: source, messageId: 'up', data: { why } });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      TSImportType: ({ source }) => check(source),
    };
  },
};
