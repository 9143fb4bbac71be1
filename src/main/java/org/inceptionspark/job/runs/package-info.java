/**
 * The record of each run beside the table, its log events, and what records say about the last run.
 * Begin with {@code RunRecord}.
 */
package org.inceptionspark.job.runs;
