#!/usr/bin/env bash
# Finds the images of a labels table that are most like one. Usage: jobs/search.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit search "$@"
