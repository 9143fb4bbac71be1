#!/usr/bin/env bash
# Makes an index of a labels table, or brings one up to date. Usage: jobs/index.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit index "$@"
