#!/usr/bin/env bash
# Labels the images under one or more URIs. Usage: jobs/label.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit label "$@"
