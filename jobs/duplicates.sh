#!/usr/bin/env bash
# Finds groups of similar images in a labels table. Usage: jobs/duplicates.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit duplicates "$@"
