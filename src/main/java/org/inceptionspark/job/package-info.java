/**
 * The Spark job as a whole: an action that lists, plans, labels and commits. Its steps are in the
 * subpackages. Begin with {@code LabelImages}, then {@code LabelRun}. Nothing here prints or exits.
 */
package org.inceptionspark.job;
