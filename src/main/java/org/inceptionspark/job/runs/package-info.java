/**
 * The record of each run beside the table, its events, and what the records say of the last one.
 * Begin with {@code RunRecord}.
 */
package org.inceptionspark.job.runs;
