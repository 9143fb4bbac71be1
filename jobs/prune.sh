#!/usr/bin/env bash
# Removes the rows of images that are no longer in the input. Usage: jobs/prune.sh [SPARK_SUBMIT_ARGUMENT... --] --table TABLE --input URI...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit prune "$@"
