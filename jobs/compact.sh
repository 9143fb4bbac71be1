#!/usr/bin/env bash
# Merges the small files of old nights. Usage: jobs/compact.sh [SPARK_SUBMIT_ARGUMENT... --] --table TABLE
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit compact "$@"
