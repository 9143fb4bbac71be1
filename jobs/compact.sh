#!/usr/bin/env bash
# Brings the small files of old nights together. Usage: jobs/compact.sh [SPARK_SUBMIT_ARGUMENT... --] --table TABLE
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit compact "$@"
