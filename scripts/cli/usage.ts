/** How commands, their arguments and options are written for people. */
import { type CliCommand, type CliOption } from '../../src/cli/command.ts';
import { type NamedCommand } from '../../src/cli/commands.ts';

/** `STUDY.json` of `study.json`: what stands before the dot is a placeholder. */
export const placeholder = (name: string): string => name.replace(/^[^.]+/, (stem) => stem.toUpperCase());

/** A piece of a usage: a word to be typed as it is, or a placeholder. */
export interface Word {
  readonly text: string;
  readonly isPlaceholder: boolean;
}
export interface Part {
  readonly words: readonly Word[];
  readonly required: boolean;
}

const typed = (text: string): Word => ({ text, isPlaceholder: false });
const filled = (name: string): Word => ({ text: placeholder(name), isPlaceholder: true });

export const optionWords = (name: string, { value }: CliOption): readonly Word[] => [
  typed(`--${name}`),
  ...(value === undefined ? [] : [filled(value)]),
];

export const argumentParts = ({ arguments: given }: CliCommand): readonly Part[] =>
  given.map(({ name, required }) => ({ words: [filled(name)], required }));

/** The name, the arguments and the options of a command, in this order. */
export const usageParts = ({ name, command }: NamedCommand): readonly Part[] => [
  { words: [typed(name)], required: true },
  ...argumentParts(command),
  ...Object.entries(command.options).map(([option, description]) => ({
    words: optionWords(option, description),
    required: description.required === true,
  })),
];

/** `run STUDY.json [--out FILE.sgdlab]`. */
export const usageText = (parts: readonly Part[]): string =>
  parts
    .map(({ words, required }) => {
      const text = words.map((word) => word.text).join(' ');
      return required ? text : `[${text}]`;
    })
    .join(' ');

/** A text that begins a sentence and ends it. */
export const sentence = (text: string): string => `${text[0].toUpperCase()}${text.slice(1)}.`;

/** First words of the commands, each once: `cluster` of `cluster plan`. */
export const firstWords = (tree: readonly NamedCommand[]): readonly string[] => [
  ...new Set(tree.map(({ name }) => name.split(' ')[0])),
];

/** Groups of commands of two words, with the second words of each. */
export const groupsOf = (tree: readonly NamedCommand[]): readonly { name: string; commands: readonly string[] }[] =>
  firstWords(tree).flatMap((name) => {
    const commands = tree.flatMap((each) =>
      each.name.startsWith(`${name} `) ? [each.name.slice(name.length + 1)] : [],
    );
    return commands.length > 0 ? [{ name, commands }] : [];
  });
