/**
 * The labels table, wherever it is kept: its schema, its rows, and the seam to those who keep it.
 * Begin with {@code LabelsTable}, then {@code LabelTable}.
 */
package org.inceptionspark.job.table;
