#!/usr/bin/env bash
# Labels the images under one or more URIs. Usage: jobs/label.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
# With --clean --output URI instead: deletes what killed runs have left there.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit label "$@"
