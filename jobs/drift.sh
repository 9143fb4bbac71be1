#!/usr/bin/env bash
# Says how far a night's images are from another night's. Usage: jobs/drift.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit drift "$@"
