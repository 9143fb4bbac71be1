#!/usr/bin/env bash
# Finds groups of images of a labels table that are alike. Usage: jobs/duplicates.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit duplicates "$@"
