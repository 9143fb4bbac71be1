/**
 * The labels table as a directory of Parquet files: the writer's lease, commits, replaced files,
 * compaction, removal of rows. Begin with {@code DirectoryTable}, then {@code LockedTable}.
 */
package org.inceptionspark.job.directory;
