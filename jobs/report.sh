#!/usr/bin/env bash
# Writes a page about a night of a labels table. Usage: jobs/report.sh [SPARK_SUBMIT_ARGUMENT... --] --table URI --output FILE
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit report "$@"
