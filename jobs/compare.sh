#!/usr/bin/env bash
# Says whether two labels tables are equal, floats to the bit. Usage: jobs/compare.sh [SPARK_SUBMIT_ARGUMENT... --] TABLE TABLE
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit compare "$@"
