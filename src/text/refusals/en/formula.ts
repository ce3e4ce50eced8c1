/** What a loss that is typed as a formula must be, in English. */
import { type FormulaCodes } from '../../../refusal/codes/formula.ts';
import { type Sentences } from '../sentences.ts';
import { expected } from './expected.ts';

const at = (place: number): string => `character ${place}`;
const foundThere = (found: string | null): string => (found === null ? 'the end' : JSON.stringify(found));
const LABELS: Readonly<Record<string, string>> = {
  y: 'responses of a teacher are no labels ±1: they have s and eps',
  s: 'only labels of a teacher have a response s',
  eps: 'only responses of a teacher have noise',
};

export const formula: Sentences<FormulaCodes> = {
  'formula-text': ({ most }, by) => expected(`a formula of 1 to ${most} characters`, by),
  'formula-length': ({ most }) => `expected a formula of at most ${most} characters`,
  'formula-nodes': ({ at: place, most }) =>
    `${at(place)}: expected at most ${most} numbers, names, operators and functions`,
  'formula-depth': ({ at: place, most }) => `${at(place)}: expected at most ${most} levels within each other`,
  'formula-character': ({ at: place, character }) =>
    `${at(place)}: ${JSON.stringify(character)} has no place in a formula`,
  'formula-number': ({ at: place }) => `${at(place)}: expected a finite number`,
  'formula-operand': ({ at: place, found }) =>
    `${at(place)}: expected a number, a name, a function or "(", got ${foundThere(found)}`,
  'formula-operator': ({ at: place, found }) =>
    `${at(place)}: expected an operator (+ - * / ^) or the end, got ${foundThere(found)}`,
  'formula-open': ({ at: place, open, sign, found }) =>
    `${at(place)}: expected ${JSON.stringify(sign)} for the "(" at ${at(open)}, got ${foundThere(found)}`,
  'formula-name': ({ at: place, name, names, functions, meant }) =>
    `${at(place)}: unknown name ${JSON.stringify(name)}${meant === null ? '' : ` (did you mean ${JSON.stringify(meant)}?)`}; names: ${names.join(', ')}; functions: ${functions.join(', ')}`,
  'formula-function': ({ at: place, name }) => `${at(place)}: ${name} is a function: expected ${name}(…)`,
  'formula-call': ({ at: place, name }) =>
    `${at(place)}: ${name} is no function: expected an operator after it, as in ${name} * (…)`,
  'formula-arguments': ({ at: place, name, expected: wanted, got }) =>
    `${at(place)}: ${name} takes ${wanted} argument${wanted === 1 ? '' : 's'}, got ${got}`,
  'formula-comparison': ({ at: place }) =>
    `${at(place)}: a comparison stands only in the first place of if(…), as in if(r > 0, r, 0)`,
  'formula-condition': ({ at: place }) => `${at(place)}: expected a comparison, <, <=, > or >=`,
  'formula-constant': () => 'expected a formula that depends on r: others have no gradient',
  'formula-labels': ({ at: place, name, labels }) =>
    `${at(place)}: ${name} is unknown with labels ${JSON.stringify(labels)}: ${LABELS[name]}`,
  'formula-noise': ({ at: place }) =>
    `${at(place)}: expected eps in r + c·eps or s + c·eps alone, or in powers beside kinks that do not move with it`,
  'constant-list': (_, by) => expected('names with their numbers, such as { "k": 0.5 }', by),
  'constant-name': () => 'expected a name of at most 20 letters, digits and _, with a letter first',
  'constant-taken': () => 'expected another name: the formula has this one already',
  'constant-count': ({ most }) => `expected at most ${most} constants`,
  'formula-start': () =>
    'expected a formula whose f′ is finite at the start of the run: there E f′² is infinite or no number',
};
