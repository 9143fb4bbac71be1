/** Benchmarks that anyone can run with {@code jobs/benchmark.sh}; no test depends on a time. */
package org.inceptionspark.benchmark;
