/**
 * What a run fails with: wrong configuration, a refusal, storage and Spark failures in one line of
 * plain words. Enters: exceptions. Leaves: messages. Begin with {@code StorageFailure}.
 */
package org.inceptionspark.job.failure;
