/**
 * The labels table as a directory of Parquet files: the lease of who writes, commits, files that
 * are swapped, compaction, removal. Begin with {@code DirectoryTable}, then {@code LockedTable}.
 */
package org.inceptionspark.job.directory;
