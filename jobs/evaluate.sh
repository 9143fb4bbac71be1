#!/usr/bin/env bash
# Compares the labels of a table with yours. Usage: jobs/evaluate.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit evaluate "$@"
