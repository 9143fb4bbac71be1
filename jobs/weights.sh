#!/usr/bin/env bash
# Inspects weight files. Usage: jobs/weights.sh inspect|verify|convert|diff FILE... (see --help of each)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit weights "$@"
