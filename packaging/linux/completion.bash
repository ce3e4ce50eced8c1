# bash completion for sgdlab

_sgdlab() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  compopt -o filenames 2>/dev/null
  case $prev in
    --csv)
      mapfile -t COMPREPLY < <(compgen -d -- "$cur")
      return
      ;;
    --out)
      mapfile -t COMPREPLY < <(compgen -f -- "$cur")
      return
      ;;
    --for)
      mapfile -t COMPREPLY < <(compgen -W 'eigenvalues means vectors' -- "$cur")
      return
      ;;
    --workers | --only | --classes | --dimension) return ;;
  esac
  if ((COMP_CWORD == 1)); then
    compopt +o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(
      compgen -W 'run validate presets report export read-array demo help --help --version' -- "$cur"
      compgen -f -X '!*.@(sgdlab|json)' -- "$cur"
    )
    return
  fi
  case $command:$cur in
    run:-*) mapfile -t COMPREPLY < <(compgen -W '--out --workers --only --json --help' -- "$cur") ;;
    report:-*) mapfile -t COMPREPLY < <(compgen -W '--out --help' -- "$cur") ;;
    export:-*) mapfile -t COMPREPLY < <(compgen -W '--csv --help' -- "$cur") ;;
    read-array:-*) mapfile -t COMPREPLY < <(compgen -W '--classes --dimension --for --help' -- "$cur") ;;
    *:-*) mapfile -t COMPREPLY < <(compgen -W '--help' -- "$cur") ;;
    run:* | validate:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.json' -- "$cur"; compgen -d -- "$cur") ;;
    report:* | export:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.sgdlab' -- "$cur"; compgen -d -- "$cur") ;;
    read-array:*) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    presets:*) mapfile -t COMPREPLY < <(compgen -W "$(sgdlab presets 2>/dev/null | cut -d ' ' -f 1)" -- "$cur") ;;
    demo:*) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    help:*) mapfile -t COMPREPLY < <(compgen -W 'run validate presets report export read-array demo' -- "$cur") ;;
  esac
} && complete -F _sgdlab sgdlab
