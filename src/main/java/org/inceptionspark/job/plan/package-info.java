/**
 * What a night has to do: which objects are new, which rows can be reused, how the work is cut into
 * chunks and partitions. Begin with {@code NightPlan}.
 */
package org.inceptionspark.job.plan;
