#compdef sgdlab
# written by scripts/cli/write.ts

_sgdlab_presets() {
  local -a names
  names=(${${(f)"$(_call_program presets sgdlab presets 2>/dev/null)"}%% *})
  compadd -a names
}

_sgdlab() {
  local -a commands
  commands=(
    'run:run every experiment of a study (- for standard input) and write its results'
    'validate:say what is wrong with a study (- for standard input), every error at once'
    'presets:list the built-in studies, or print one as JSON'
    'report:write one self-contained HTML page with the plots'
    'export:write the curves as CSV files'
    'read-array:read rows of numbers from a file as the editor does, and print them as JSON'
    'demo:run the preset “Spectra compared” and write its results and report'
    'cluster:compute a study on a cluster with Slurm'
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
    cluster)
      if ((CURRENT == 2)); then
        compadd plan submit task status collect
        return
      fi
      command="$command $words[2]"
      shift words
      ((CURRENT--))
      ;;
  esac
  case $command in
    run)
      _arguments '--out[where to write (default\: beside the study)]:file.sgdlab:_files -g "*.sgdlab"' \
        '--workers[worker threads (default\: one per core)]:n:' \
        '--only[run only these experiments, separated by commas]:ids:' \
        '--progress[show progress as a bar (default; on a terminal alone), as lines of json, or none]:how:(bar json none)' \
        '--json[print one JSON object with the curves on stdout]' \
        '--help' \
        '1:study.json:_files -g "*.json"'
      ;;
    validate)
      _arguments '--help' \
        '1:study.json:_files -g "*.json"'
      ;;
    presets)
      _arguments '--help' \
        '1:name:_sgdlab_presets'
      ;;
    report)
      _arguments '--out[where to write (default\: beside the results)]:report.html:_files -g "*.html"' \
        '--help' \
        '1:file.sgdlab:_files -g "*.sgdlab"'
      ;;
    export)
      _arguments '--csv[folder for the CSV files]:folder:_files -/' \
        '--help' \
        '1:file.sgdlab:_files -g "*.sgdlab"'
      ;;
    read-array)
      _arguments '--classes[number of classes C]:n:' \
        '--dimension[dimension d]:n:' \
        '--for[eigenvalues, means or vectors (default\: what the numbers can be)]:what:(eigenvalues means vectors)' \
        '--help' \
        '1:file:_files'
      ;;
    demo)
      _arguments '--help' \
        '1:folder:_files -/'
      ;;
    'cluster plan')
      _arguments '--out[folder for plan, script and results]:folder:_files -/' \
        '--tasks[how many tasks (default\: tasks of some minutes)]:n:' \
        '--have[results that are there already\: what they have is not planned]:file.sgdlab:_files -g "*.sgdlab"' \
        '--help' \
        '1:study.json:_files -g "*.json"'
      ;;
    'cluster submit')
      _arguments '--help' \
        '1:folder:_files -/'
      ;;
    'cluster task')
      _arguments '--workers[worker threads (default\: one)]:n:' \
        '--progress[show progress as a bar, lines of json, or none]:how:(bar json none)' \
        '--help' \
        '1:folder:_files -/' \
        '2:n:()'
      ;;
    'cluster status')
      _arguments '--json[print one JSON object with the numbers of the tasks]' \
        '--help' \
        '1:folder:_files -/'
      ;;
    'cluster collect')
      _arguments '--out[where to write]:file.sgdlab:_files -g "*.sgdlab"' \
        '--help' \
        '1:folder:_files -/'
      ;;
    help) _describe command commands ;;
  esac
}

_sgdlab "$@"
