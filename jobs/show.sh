#!/usr/bin/env bash
# Prints the first rows of a labels table and a summary. Usage: jobs/show.sh [SPARK_SUBMIT_ARGUMENT... --] --table TABLE
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit show "$@"
