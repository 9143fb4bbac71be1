/**
 * ORC files whose times are UTC's, which Spark reads as the time of day where its JVM is. Enters: a
 * list of files. Leaves: rows. Begin with {@code UtcOrcFiles}.
 */
package org.inceptionspark.job.orc;
