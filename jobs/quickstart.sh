#!/usr/bin/env bash
# Needs only Java 17 and Maven: builds the project, starts an S3 store on this machine with twelve photographs
# in it, and labels them with spark-submit. Then trains a head for four classes of its own, labels with it,
# prints the resulting table and searches it by image.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"

no_arguments "$@"

work=$root/target/quickstart
bucket=inception-spark
photos=s3a://$bucket/photos/
labels=s3a://$bucket/labels
own=s3a://$bucket/own-classes
model=(--weights "$root/src/quickstart/model/model.json" --preprocessing slim)
log=$work/quickstart.log

# The store and the job share keys that are made here and end with the store. They travel in the
# environment, which other users cannot see and Spark redacts; never on a command line.
make_credentials() {
  unset AWS_SESSION_TOKEN AWS_PROFILE AWS_REGION AWS_DEFAULT_REGION AWS_ENDPOINT_URL AWS_ENDPOINT_URL_S3
  AWS_ACCESS_KEY_ID=quickstart
  AWS_SECRET_ACCESS_KEY=$(random_hex)
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
}

start_store() {
  find_test_classpath
  start store "$work/store.log" "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$test_classpath" \
    org.inceptionspark.s3.S3Store "$work/store" "$bucket" photos/ "$root/src/quickstart/photos"
  wait_for_line store "$work/store.log" '^http'
  endpoint=$(grep '^http' "$work/store.log")
}

rm -rf "$work"
mkdir -p "$work"
find_jar
find_spark
make_credentials
start_store
say "An S3 store with $(ls "$root"/src/quickstart/photos/*.jpg | wc -l | tr -d ' ') photographs listens on $endpoint"
isolate_spark <<END
spark.driver.memory 2g
spark.ui.enabled false
spark.hadoop.fs.s3a.endpoint $endpoint
spark.hadoop.fs.s3a.endpoint.region us-east-1
spark.hadoop.fs.s3a.path.style.access true
END
say "Labelling $photos ..."
spark_job label --input "$photos" --output "$labels" "${model[@]}" --labels "$root/src/quickstart/model/labels.txt"
say ""
say "Training a head for the classes in src/quickstart/labels.csv ..."
spark_job train-head --table "$labels" --labels "$root/src/quickstart/labels.csv" --validation 0 \
  --regularization 0.1 --output "$work/head.safetensors"
say ""
say "Labelling with it ..."
spark_job label --input "$photos" --output "$own" "${model[@]}" --head "$work/head.safetensors" --report "$work/report.html"
say ""
spark_job show --table "$own"
say "report      $work/report.html"
say "Parquet     $work/store/$bucket/own-classes"
say ""
say "Searching for what looks like flower.jpg ..."
spark_job search --table "$own" --query "${photos}flower.jpg" --k 4
