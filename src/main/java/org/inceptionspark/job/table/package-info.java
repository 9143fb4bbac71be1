/**
 * The labels table, however it is stored: its schema, its rows, and the interface that directories
 * and catalogs implement. Begin with {@code LabelsTable}, then {@code LabelTable}.
 */
package org.inceptionspark.job.table;
