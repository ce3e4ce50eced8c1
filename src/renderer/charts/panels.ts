/** Small multiples: the experiments shown in groups, each with a drawing of its own on common axes. */
import { inputLabel, type FigureInput, type FigureKind, type FigureView } from '../../figures/index.ts';
import { canonicalJson } from '../../core/experiment/identity.ts';
import { type Paneling } from '../stores/view.ts';

export interface Panel<Input extends FigureInput = FigureInput> {
  readonly key: string;
  /** What its experiments have in common; empty for all experiments in one. */
  readonly name: string;
  readonly inputs: readonly Input[];
}

/** What the experiments of one panel agree in. */
const KEYS: Record<Exclude<Paneling, 'none'>, (input: FigureInput) => unknown> = {
  each: ({ results }) => results.experiment.id,
  model: ({ results: { experiment } }) => experiment.model,
  optimizer: ({ results: { experiment } }) => experiment.optimizer,
};

export function panelsOf<Input extends FigureInput>(inputs: readonly Input[], paneling: Paneling): Panel<Input>[] {
  if (paneling === 'none') return [{ key: '', name: '', inputs }];
  const groups = new Map<string, Input[]>();
  for (const input of inputs) {
    const key = canonicalJson(KEYS[paneling](input));
    groups.set(key, [...(groups.get(key) ?? []), input]);
  }
  return [...groups.values()].map((members) => ({
    key: members[0].results.experiment.id,
    name: commonName(members.map(inputLabel)),
    inputs: members,
  }));
}

/** What names begin or end with alike, in whole parts between commas or words; the first name if that is nothing. */
function commonName(names: readonly string[]): string {
  if (names.length === 1) return names[0];
  const common = (split: RegExp, join: string) => {
    const parts = names.map((name) => name.split(split));
    return parts[0].filter((part) => parts.every((other) => other.includes(part))).join(join);
  };
  return common(/,\s*/, ', ') || common(/\s+/, ' ') || `${names[0]} …`;
}

/** The view with the axes that all panels together need, so that they can be compared by eye. */
export function onCommonAxes(
  kind: FigureKind,
  inputs: readonly FigureInput[],
  view: Omit<FigureView, 'width' | 'height'>,
): Omit<FigureView, 'width' | 'height'> {
  const { value, time, empty } = kind.build(inputs, { ...view, width: 480, height: 300 });
  if (empty) return view;
  const unit = value.unit ?? 1;
  return {
    ...view,
    values: view.values ?? { from: value.min * unit, to: value.max * unit },
    window: view.window ?? (time && { from: time.min, to: time.max }),
  };
}
