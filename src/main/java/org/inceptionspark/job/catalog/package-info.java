/**
 * Labels tables in a catalog, as Iceberg or Delta, where each chunk is one commit of the format;
 * also finds the table, there or in a directory, that a name means. Begin with {@code
 * LabelsTables}, then {@code CatalogCommits}.
 */
package org.inceptionspark.job.catalog;
