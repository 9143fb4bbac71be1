#!/usr/bin/env bash
# Groups images that look alike, with a map and contact sheets. Usage: jobs/cluster.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit cluster "$@"
