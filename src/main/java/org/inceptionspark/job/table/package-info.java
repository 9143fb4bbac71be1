/**
 * The labels table: its schema, its rows, the lease of who writes, commits, replacement and
 * compaction. Begin with {@code LabelsTable}, the seam, then {@code DirectoryTable}.
 */
package org.inceptionspark.job.table;
