/** Completions of bash. */
import { type Completes } from '../../src/cli/command.ts';
import { GLOBAL_OPTIONS, HELP, type NamedCommand } from '../../src/cli/commands.ts';
import { firstWords, groupsOf } from './usage.ts';

const words = (list: readonly string[]): string => `compgen -W '${list.join(' ')}' -- "$cur"`;
const filesOf = (extension: string): string => `compgen -f -X '!*.${extension}' -- "$cur"; compgen -d -- "$cur"`;

/** The command that lists what is offered. */
function offer(completes: Completes): string {
  if (completes === 'studies') return filesOf('json');
  if (completes === 'results') return filesOf('sgdlab');
  if (completes === 'reports') return filesOf('html');
  if (completes === 'files') return 'compgen -f -- "$cur"';
  if (completes === 'folders') return 'compgen -d -- "$cur"';
  if (completes === 'presets') return `compgen -W "$(sgdlab presets 2>/dev/null | cut -d ' ' -f 1)" -- "$cur"`;
  return words(completes);
}

/** A name in a pattern of `case`. */
const pattern = (name: string): string => (name.includes(' ') ? `'${name}'` : name);

const taken = (pattern: string, list: string): string => `    ${pattern}) mapfile -t COMPREPLY < <(${list}) ;;`;

export function bashCompletion(tree: readonly NamedCommand[]): string {
  const { help, version } = GLOBAL_OPTIONS;
  const names = firstWords(tree);
  const options = tree.flatMap(({ name, command }) =>
    Object.entries(command.options).map(([option, { value, completes }]) => ({ name, option, value, completes })),
  );
  const free = options.filter(({ value, completes }) => value !== undefined && completes === undefined);
  return `# bash completion for sgdlab; written by scripts/cli/write.ts

_sgdlab() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  compopt -o filenames 2>/dev/null
  if ((COMP_CWORD == 1)); then
    compopt +o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(
      ${words([...names, HELP.name, help.long, version.long])}
      compgen -f -X '!*.@(sgdlab|json)' -- "$cur"
    )
    return
  fi
  case $command in
${groupsOf(tree)
  .map(
    ({ name, commands }) => `    ${name})
      if ((COMP_CWORD == 2)); then
        compopt +o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(${words([...commands, help.long])})
        return
      fi
      command="$command \${COMP_WORDS[2]}" ;;`,
  )
  .join('\n')}
  esac
  case $command:$prev in
${options
  .flatMap(({ name, option, completes }) =>
    completes ? [taken(`${pattern(name)}:--${option}`, offer(completes))] : [],
  )
  .map((line) => line.replace(/ ;;$/, '; return ;;'))
  .join('\n')}
    ${free.map(({ name, option }) => `${pattern(name)}:--${option}`).join(' | ')}) return ;;
  esac
  case $command:$cur in
${tree
  .map(({ name, command }) =>
    taken(`${pattern(name)}:-*`, words([...Object.keys(command.options).map((option) => `--${option}`), help.long])),
  )
  .join('\n')}
${tree.map(({ name, command }) => taken(`${pattern(name)}:*`, offer(command.arguments[0].completes))).join('\n')}
${taken(`${HELP.name}:*`, words(names))}
  esac
} && complete -F _sgdlab sgdlab
`;
}
