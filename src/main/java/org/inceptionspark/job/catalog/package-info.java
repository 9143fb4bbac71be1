/**
 * Tables by name, in a catalog or a directory: rows in Iceberg and Delta, where a chunk is one
 * commit of the format. Begin with {@code LabelsTables}, then {@code CatalogCommits}.
 */
package org.inceptionspark.job.catalog;
