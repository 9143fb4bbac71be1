#!/usr/bin/env bash
# Creates or updates an index of a labels table. Usage: jobs/index.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit index "$@"
