#!/usr/bin/env bash
# Shows which parts of an image speak for its label. Usage: jobs/explain.sh [SPARK_SUBMIT_ARGUMENT... --] --image FILE --weights FILE
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit explain "$@"
