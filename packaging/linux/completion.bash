# bash completion for sgdlab; written by scripts/cli/write.ts

_sgdlab() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  compopt -o filenames 2>/dev/null
  if ((COMP_CWORD == 1)); then
    compopt +o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(
      compgen -W 'run validate presets report export read-array demo cluster help --help --version' -- "$cur"
      compgen -f -X '!*.@(sgdlab|json)' -- "$cur"
    )
    return
  fi
  case $command in
    cluster)
      if ((COMP_CWORD == 2)); then
        compopt +o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -W 'plan submit task status collect --help' -- "$cur")
        return
      fi
      command="$command ${COMP_WORDS[2]}" ;;
  esac
  case $command:$prev in
    run:--out) mapfile -t COMPREPLY < <(compgen -f -X '!*.sgdlab' -- "$cur"; compgen -d -- "$cur"); return ;;
    run:--progress) mapfile -t COMPREPLY < <(compgen -W 'bar json none' -- "$cur"); return ;;
    report:--out) mapfile -t COMPREPLY < <(compgen -f -X '!*.html' -- "$cur"; compgen -d -- "$cur"); return ;;
    export:--csv) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    read-array:--for) mapfile -t COMPREPLY < <(compgen -W 'eigenvalues means vectors' -- "$cur"); return ;;
    'cluster plan':--out) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    'cluster plan':--have) mapfile -t COMPREPLY < <(compgen -f -X '!*.sgdlab' -- "$cur"; compgen -d -- "$cur"); return ;;
    'cluster task':--progress) mapfile -t COMPREPLY < <(compgen -W 'bar json none' -- "$cur"); return ;;
    'cluster collect':--out) mapfile -t COMPREPLY < <(compgen -f -X '!*.sgdlab' -- "$cur"; compgen -d -- "$cur"); return ;;
    run:--workers | run:--only | read-array:--classes | read-array:--dimension | 'cluster plan':--tasks | 'cluster task':--workers) return ;;
  esac
  case $command:$cur in
    run:-*) mapfile -t COMPREPLY < <(compgen -W '--out --workers --only --progress --json --help' -- "$cur") ;;
    validate:-*) mapfile -t COMPREPLY < <(compgen -W '--help' -- "$cur") ;;
    presets:-*) mapfile -t COMPREPLY < <(compgen -W '--help' -- "$cur") ;;
    report:-*) mapfile -t COMPREPLY < <(compgen -W '--out --help' -- "$cur") ;;
    export:-*) mapfile -t COMPREPLY < <(compgen -W '--csv --help' -- "$cur") ;;
    read-array:-*) mapfile -t COMPREPLY < <(compgen -W '--classes --dimension --for --help' -- "$cur") ;;
    demo:-*) mapfile -t COMPREPLY < <(compgen -W '--help' -- "$cur") ;;
    'cluster plan':-*) mapfile -t COMPREPLY < <(compgen -W '--out --tasks --have --help' -- "$cur") ;;
    'cluster submit':-*) mapfile -t COMPREPLY < <(compgen -W '--help' -- "$cur") ;;
    'cluster task':-*) mapfile -t COMPREPLY < <(compgen -W '--workers --progress --help' -- "$cur") ;;
    'cluster status':-*) mapfile -t COMPREPLY < <(compgen -W '--json --help' -- "$cur") ;;
    'cluster collect':-*) mapfile -t COMPREPLY < <(compgen -W '--out --help' -- "$cur") ;;
    run:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.json' -- "$cur"; compgen -d -- "$cur") ;;
    validate:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.json' -- "$cur"; compgen -d -- "$cur") ;;
    presets:*) mapfile -t COMPREPLY < <(compgen -W "$(sgdlab presets 2>/dev/null | cut -d ' ' -f 1)" -- "$cur") ;;
    report:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.sgdlab' -- "$cur"; compgen -d -- "$cur") ;;
    export:*) mapfile -t COMPREPLY < <(compgen -f -X '!*.sgdlab' -- "$cur"; compgen -d -- "$cur") ;;
    read-array:*) mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
    demo:*) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    'cluster plan':*) mapfile -t COMPREPLY < <(compgen -f -X '!*.json' -- "$cur"; compgen -d -- "$cur") ;;
    'cluster submit':*) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    'cluster task':*) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    'cluster status':*) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    'cluster collect':*) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
    help:*) mapfile -t COMPREPLY < <(compgen -W 'run validate presets report export read-array demo cluster' -- "$cur") ;;
  esac
} && complete -F _sgdlab sgdlab
