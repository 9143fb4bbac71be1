/**
 * What an executor does: reads images ahead, guards against those that kill a JVM, labels, makes
 * rows, counts. Begin with {@code LabelPartition}.
 */
package org.inceptionspark.job.task;
