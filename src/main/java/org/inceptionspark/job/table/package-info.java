/**
 * The labels table: its schema, its rows, the lease of who writes, commits, replacement and
 * compaction. Begin with {@code LabelTable}, then {@code OutputTable}.
 */
package org.inceptionspark.job.table;
