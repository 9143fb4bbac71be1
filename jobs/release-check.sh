#!/usr/bin/env bash
# Unpacks the archive of a release into an empty directory and labels two photographs from there, without Maven
# on the PATH and without the right to write to it. Needs Spark as SPARK_HOME or from jobs/quickstart.sh.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
no_arguments "$@"

find_jar
find_spark
export SPARK_HOME=${SPARK_HOME:-$(cd "$spark_bin/.." && pwd)}
archive=$(ls -t "$root"/target/inception-spark-*.tar.gz 2>/dev/null | head -n 1 || true)
[[ -n $archive ]] || fail "no target/inception-spark-*.tar.gz; mvn package makes it"

work=$root/target/release-check
[[ ! -e $work ]] || chmod -R u+w "$work"
rm -rf "$work"
mkdir -p "$work/bin" "$work/opt"
tar xzf "$archive" -C "$work/opt"
release=$(ls -d "$work"/opt/*)
chmod -R a-w "$release"
printf '#!/bin/sh\necho "mvn is not to be called" >&2; exit 9\n' >"$work/bin/mvn"
chmod +x "$work/bin/mvn"
export PATH=$work/bin:$PATH SPARK_LOCAL_IP=127.0.0.1
cd "$work"

without_spark=$(env -u SPARK_HOME PATH="$work/bin:/usr/bin:/bin" "$release/jobs/label.sh" --help 2>&1 || echo "exit $?")
[[ $without_spark == *"found no Spark"*"exit 1" ]] || fail "without a Spark it says: $without_spark"

"$release/jobs/label.sh" --input "$root"/src/quickstart/photos/{chelsea,rocket}.jpg --output "$work/labels" \
  --weights "$root/src/quickstart/model/model.json" --labels "$root/src/quickstart/model/labels.txt" --preprocessing slim
"$release/jobs/show.sh" --table "$work/labels" | tee "$work/shown"
grep -q '^images  *2: 2 labelled' "$work/shown" || fail "the release did not label two photographs"
say "The release $(basename "$archive") labels."
