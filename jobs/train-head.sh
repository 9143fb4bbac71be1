#!/usr/bin/env bash
# Fits a head for your own labels to the embeddings of a labels table. Usage: jobs/train-head.sh [SPARK_SUBMIT_ARGUMENT... --] OPTION...
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
submit train-head "$@"
