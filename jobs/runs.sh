#!/usr/bin/env bash
# Lists the runs that wrote a labels table. Usage: jobs/runs.sh [SPARK_SUBMIT_ARGUMENT... --] --table TABLE [--last N] [--json]
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit runs "$@"
