/**
 * How a run fails: wrong configuration, refusals, storage and Spark failures, each in one plain
 * line. Exceptions in, messages out. Begin with {@code StorageFailure}.
 */
package org.inceptionspark.job.failure;
