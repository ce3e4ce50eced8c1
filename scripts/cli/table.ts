/** The tables of commands of the documentation, in Markdown. */
import { type NamedCommand } from '../../src/cli/commands.ts';
import { optionWords, usageParts, usageText } from './usage.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** A line per command: how it is called, and what it does; with `more`, all that the manual says. */
export function commandTable(tree: readonly NamedCommand[], more: boolean): string {
  const rows = tree.map((each) => {
    const said = more ? inFull(each) : each.command.about;
    return `| \`${cell(usageText(usageParts(each)))}\` | ${cell(said)} |`;
  });
  return ['| command | does |', '|---|---|', ...rows].join('\n');
}

function inFull({ command }: NamedCommand): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    const call = optionWords(name, option)
      .map(({ text }) => text)
      .join(' ');
    return `\`${call}\`: ${option.about}${option.more === undefined ? '' : `. ${option.more.replace(/\.$/, '')}`}`;
  });
  const sentences = [command.about, command.more?.replace(/\.$/, ''), ...options].filter((text) => text !== undefined);
  return sentences.length === 1 ? sentences[0] : `${sentences.join('. ')}.`;
}
