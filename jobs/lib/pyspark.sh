# Spark as pip brings it, with YARN in it, for the checks that want a Spark which is not the assembled one.
# Sourced after spark.sh, not run.

# Sets SPARK_HOME to this version, installed below target/ unless the notebooks have it. Usage: install_pyspark VERSION
install_pyspark() {
  local home=$root/target/pyspark/$1 notebooks
  notebooks=$(ls -d "$root"/target/notebooks-python/lib/python3*/site-packages/pyspark 2>/dev/null | head -n 1 || true)
  if [[ -n $notebooks && -x $notebooks/bin/spark-submit ]] && grep -qF "'$1'" "$notebooks/version.py"; then
    export SPARK_HOME=$notebooks
    return
  fi
  if [[ ! -x $home/pyspark/bin/spark-submit ]]; then
    require python3 "the Spark of pip needs Python 3.10 or later"
    say "Installing pyspark==$1 into ${home#"$root"/} ..."
    rm -rf "$home" "$home.new"
    mkdir -p "$root/target"
    python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-compile \
      --target "$home.new" "pyspark==$1" >"$root/target/pip.log" 2>&1 ||
      fail "pyspark==$1 cannot be installed; see target/pip.log"
    mv "$home.new" "$home"
  fi
  export SPARK_HOME=$home/pyspark
}
