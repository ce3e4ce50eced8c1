/** The parts of the manual page that say what commands there are, in roff. */
import { GLOBAL_OPTIONS, HELP, type NamedCommand } from '../../src/cli/commands.ts';
import { argumentParts, optionWords, sentence, usageParts, type Part, type Word } from './usage.ts';

const ROFF: readonly (readonly [RegExp, string])[] = [
  [/\\/g, '\\e'],
  [/…/g, '...'],
  [/“/g, '\\(lq'],
  [/”/g, '\\(rq'],
  [/’/g, '\\(cq'],
  [/"/g, '\\(dq'],
];

const escaped = (text: string): string => ROFF.reduce((all, [sign, roff]) => all.replace(sign, roff), text);
/** As it is typed: a hyphen is a minus. */
const bold = (text: string): string => `\\fB${text.replaceAll('-', '\\-')}\\fR`;
const italic = (text: string): string => `\\fI${text}\\fR`;

/** A text with marks; a line must not begin as a request does. */
const marked = (text: string): string =>
  escaped(text)
    .replace(/`([^`]*)`/g, (_, code: string) => bold(code))
    .replace(/\*([^*]*)\*/g, (_, word: string) => italic(word))
    .replace(/^(?=[.'])/, '\\&');

const wordsOf = (words: readonly Word[]): string =>
  words.map(({ text, isPlaceholder }) => (isPlaceholder ? italic : bold)(escaped(text))).join(' ');
const partOf = ({ words, required }: Part): string => (required ? wordsOf(words) : `[${wordsOf(words)}]`);

/** Lines `sgdlab COMMAND …`, one per command. */
export const synopsis = (tree: readonly NamedCommand[]): string =>
  tree.map((each) => `${bold('sgdlab')} ${usageParts(each).map(partOf).join(' ')}`).join('\n.br\n');

/** What each command and option does. */
export const manualCommands = (tree: readonly NamedCommand[]): string =>
  [
    ...tree.flatMap(({ name, command }) => [
      '.TP',
      [bold(escaped(name)), ...argumentParts(command).map(partOf)].join(' '),
      marked(sentence(command.about)),
      ...(command.more === undefined ? [] : [marked(command.more)]),
      ...inner(
        Object.entries(command.options).flatMap(([option, description]) => [
          '.TP',
          wordsOf(optionWords(option, description)),
          marked(sentence(description.about)),
          ...(description.more === undefined ? [] : [marked(description.more)]),
        ]),
      ),
    ]),
    '.TP',
    `${bold(HELP.name)} [${italic(HELP.argument.toUpperCase())}]`,
    sentence(HELP.about),
  ].join('\n');

const inner = (lines: readonly string[]): readonly string[] => (lines.length > 0 ? ['.RS', ...lines, '.RE'] : []);

/** Options that are no command's. */
export const manualOptions = (): string =>
  Object.values(GLOBAL_OPTIONS)
    .flatMap(({ short, long, about }) => ['.TP', `${bold(escaped(short))}, ${bold(escaped(long))}`, sentence(about)])
    .join('\n');
