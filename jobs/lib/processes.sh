# For the scripts that run whole systems on this machine: starting processes, awaiting them, and
# stopping them whatever happens. Sourced after spark.sh, not run.

started=()

# Starts a process that ends with this script at the latest. Usage: start NAME LOG COMMAND...
start() {
  local name=$1 log=$2
  shift 2
  "$@" >"$log" 2>&1 </dev/null &
  started+=("$!")
  eval "pid_$name=$!"
}

# Runs a command to its end. Not in the foreground, where a signal to this script would have to wait.
run() {
  "$@" </dev/null 2> >(keep_noise >&2) &
  started+=("$!")
  wait "$!"
}

# Into the log instead of on the screen: what Java says on every start, because the Vector API is incubating,
# and the traces that Spark's threads leave when they are ended in the middle of a word.
keep_noise() {
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    case $line in
      "WARNING: Using incubator modules"* | java.util.concurrent.RejectedExecutionException:* | $'\tat '*)
        printf '%s\n' "$line" >>"$log"
        ;;
      *) printf '%s\n' "$line" ;;
    esac
  done
}

# Waits for a line in a log of a started process. Usage: wait_for_line NAME LOG TEXT
wait_for_line() {
  local name=$1 log=$2 text=$3 tenths=0 pid=pid_$1
  until grep -q "$text" "$log" 2>/dev/null; do
    kill -0 "${!pid}" 2>/dev/null || fail "the $name has ended early; see its log $log"
    ((++tenths < 3000)) || fail "the $name was not ready after five minutes; see its log $log"
    sleep 0.1
  done
}

# Gives a command of the jar to spark-submit, and stops this script if it fails.
# Usage: spark_job [SPARK_SUBMIT_ARGUMENT... --] COMMAND ARGUMENT...
spark_job() {
  local code=0
  split_arguments "$@"
  SPARK_SUBMIT_OPTS="\"-Dinceptionspark.log=$log\"" \
    run "$spark_bin/spark-submit" ${spark[@]+"${spark[@]}"} "$jar" "${job[@]}" || code=$?
  ((code == 0)) || { say "The log is $log"; exit "$code"; }
}

# Ends what was started, the newest first, and does not wait for ever.
stop_all() {
  local i tenths=0
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    kill "${started[i]}" 2>/dev/null || true
  done
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    while kill -0 "${started[i]}" 2>/dev/null && ((++tenths < 100)); do sleep 0.1; done
    kill -9 "${started[i]}" 2>/dev/null || true
  done
  wait 2>/dev/null || true
}

trap stop_all EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
