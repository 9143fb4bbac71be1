/**
 * Reads rows from ORC files whose times are in UTC; Spark would take them as local times of its
 * JVM. Begin with {@code UtcOrcFiles}.
 */
package org.inceptionspark.job.orc;
