/**
 * The work of executors: read images ahead, guard against those that kill a JVM, label, make rows,
 * count. Begin with {@code LabelPartition}.
 */
package org.inceptionspark.job.task;
