#compdef sgdlab

_sgdlab_presets() {
  local -a names
  names=(${${(f)"$(_call_program presets sgdlab presets 2>/dev/null)"}%% *})
  compadd -a names
}

_sgdlab() {
  local -a commands
  commands=(
    'run:run every experiment of a study and write its results'
    'validate:say what is wrong with a study, every error at once'
    'presets:list the built-in studies, or print one as JSON'
    'report:write one self-contained HTML page with the plots'
    'export:write the curves in another format'
    'read-array:read rows of numbers from a file and print them as JSON'
    'demo:run the preset “Spectra compared” and write its results and report'
    'help:say how a command is used'
  )
  if ((CURRENT == 2)); then
    _alternative \
      'commands:command:{ _describe command commands }' \
      'options:option:(--help --version)' \
      'files:study:_files -g "*.(sgdlab|json)"'
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
    run)
      _arguments '--out[where to write]:results:_files -g "*.sgdlab"' '--workers[worker threads]:number:' \
        '--only[run only these experiments]:ids:' '--json[print the curves as JSON]' '--help' \
        '1:study:_files -g "*.json"'
      ;;
    validate) _arguments '--help' '1:study:_files -g "*.json"' ;;
    presets) _arguments '--help' '1:preset:_sgdlab_presets' ;;
    report) _arguments '--out[where to write]:report:_files -g "*.html"' '--help' '1:results:_files -g "*.sgdlab"' ;;
    export) _arguments '--csv[folder for the CSV files]:folder:_files -/' '--help' '1:results:_files -g "*.sgdlab"' ;;
    read-array)
      _arguments '--classes[number of classes]:number:' '--dimension[dimension]:number:' \
        '--for[what the numbers are]:kind:(eigenvalues means vectors)' '--help' '1:array:_files'
      ;;
    demo) _arguments '--help' '1:folder:_files -/' ;;
    help) _describe command commands ;;
  esac
}

_sgdlab "$@"
