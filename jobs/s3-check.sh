#!/usr/bin/env bash
# Checks on an S3 store everything that the jobs need, and prints a table of checks.
# Usage: jobs/s3-check.sh [--endpoint URL] [--region REGION] [--bucket NAME]
# Credentials are taken from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. With --bucket, an existing bucket
# is used, and only a directory of the check's own in it is touched; without, one is created.
# Without --endpoint, a real Ceph object gateway is started on this machine; it needs these packages of Debian:
#   apt-get install --no-install-recommends radosgw ceph-mon ceph-osd ceph-common openssl curl
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"
. "$root/jobs/lib/radosgw.sh"

endpoint=
region=us-east-1
bucket=
work=$root/target/s3-check
log=$work/s3-check.log

usage() { sed -n '2,/^[^#]/s/^# *//p' "$0"; }

while (($#)); do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --endpoint | --region | --bucket)
      (($# > 1)) || { say "$(basename "$0"): $1 needs a value"; exit 1; }
      eval "${1#--}=\$2"
      shift 2
      ;;
    *) say "$(basename "$0"): unknown argument $1"; usage >&2; exit 1 ;;
  esac
done

rm -rf "$work"
mkdir -p "$work"
find_jar
find_spark
if [[ -z $endpoint ]]; then
  have_radosgw || fail "no --endpoint, and no Ceph on this machine; to install it: apt-get install --no-install-recommends radosgw ceph-mon ceph-osd ceph-common openssl curl"
  say "Starting Ceph's object gateway ..."
  start_radosgw "$work/ceph"
  trust_certificate "$work"
fi
[[ -n ${AWS_ACCESS_KEY_ID:-} && -n ${AWS_SECRET_ACCESS_KEY:-} ]] \
  || { say "$(basename "$0"): AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"; exit 1; }

# Stores that are not AWS's may not know the checksums that its library sends since 2025.
export AWS_REQUEST_CHECKSUM_CALCULATION=WHEN_REQUIRED AWS_RESPONSE_CHECKSUM_VALIDATION=WHEN_REQUIRED
isolate_spark <<END
spark.ui.enabled false
spark.hadoop.fs.s3a.endpoint $endpoint
spark.hadoop.fs.s3a.endpoint.region $region
spark.hadoop.fs.s3a.path.style.access true
spark.driver.extraJavaOptions ${trust:-}
END
say "Checking $endpoint ..."
if [[ -n $bucket ]]; then
  spark_job --master 'local[2]' -- store-check "s3a://$bucket"
else
  spark_job --master 'local[2]' -- store-check --make-bucket "s3a://inception-spark-check-$(random_hex | cut -c1-8)"
fi
