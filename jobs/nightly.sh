#!/usr/bin/env bash
# Labels what the table does not hold yet, with the options in conf/nightly.properties; options given here
# take precedence. Usage: jobs/nightly.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
split_arguments "$@"
configured=()
if [[ -f $root/conf/nightly.properties ]]; then
  configured=(--config "$root/conf/nightly.properties")
fi
for word in ${job[@]+"${job[@]}"}; do
  case $word in
    --config | --config=* | --clean | -h | --help) configured=() ;;
  esac
done
submit nightly ${spark[@]+"${spark[@]}"} -- ${configured[@]+"${configured[@]}"} ${job[@]+"${job[@]}"}
