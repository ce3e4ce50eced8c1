/** Completions of zsh. */
import { type Completes, unmarked } from '../../src/cli/command.ts';
import { CLI_GROUPS, GLOBAL_OPTIONS, HELP, type NamedCommand } from '../../src/cli/commands.ts';
import { firstWords, groupsOf } from './usage.ts';

const filesOf = (extension: string): string => `_files -g "*.${extension}"`;

/** The action of a value. */
function offer(completes: Completes): string {
  if (completes === 'studies') return filesOf('json');
  if (completes === 'results') return filesOf('sgdlab');
  if (completes === 'reports') return filesOf('html');
  if (completes === 'files') return '_files';
  if (completes === 'folders') return '_files -/';
  if (completes === 'presets') return '_sgdlab_presets';
  return `(${completes.join(' ')})`;
}

/** In single quotes; brackets and colons separate what an argument is made of. */
const inner = (text: string): string =>
  unmarked(text)
    .replaceAll("'", '’')
    .replace(/[[\]:]/g, '\\$&');

export function zshCompletion(tree: readonly NamedCommand[]): string {
  const { help, version } = GLOBAL_OPTIONS;
  const described = [
    ...firstWords(tree).map((word) => ({
      name: word,
      about: CLI_GROUPS[word] ?? tree.find(({ name }) => name === word)?.command.about ?? '',
    })),
    HELP,
  ];
  const argumentsOf = ({ command: { arguments: given, options } }: NamedCommand): string =>
    [
      ...Object.entries(options).map(([name, { about, value, completes }]) => {
        const action = value === undefined ? '' : `:${inner(value)}:${completes ? offer(completes) : ''}`;
        return `'--${name}[${inner(about)}]${action}'`;
      }),
      `'${help.long}'`,
      ...given.map(({ name, completes }, k) => `'${k + 1}:${inner(name)}:${offer(completes)}'`),
    ].join(' \\\n        ');
  return `#compdef sgdlab
# written by scripts/cli/write.ts

_sgdlab_presets() {
  local -a names
  names=(\${\${(f)"$(_call_program presets sgdlab presets 2>/dev/null)"}%% *})
  compadd -a names
}

_sgdlab() {
  local -a commands
  commands=(
${described.map(({ name, about }) => `    '${name}:${unmarked(about).replaceAll("'", '’')}'`).join('\n')}
  )
  if ((CURRENT == 2)); then
    _alternative \\
      'commands:command:{ _describe command commands }' \\
      'options:option:(${help.long} ${version.long})' \\
      'files:study:_files -g "*.(sgdlab|json)"'
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${groupsOf(tree)
  .map(
    ({ name, commands }) => `    ${name})
      if ((CURRENT == 2)); then
        compadd ${commands.join(' ')}
        return
      fi
      command="$command $words[2]"
      shift words
      ((CURRENT--))
      ;;`,
  )
  .join('\n')}
  esac
  case $command in
${tree.map((each) => `    ${each.name.includes(' ') ? `'${each.name}'` : each.name})\n      _arguments ${argumentsOf(each)}\n      ;;`).join('\n')}
    ${HELP.name}) _describe command commands ;;
  esac
}

_sgdlab "$@"
`;
}
