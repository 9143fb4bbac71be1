/**
 * The Spark job: listing, planning, partitions, the labels table, the record of a run. Images are
 * decoded and labelled by the labeler; nothing here prints or exits.
 */
package org.inceptionspark.job;
