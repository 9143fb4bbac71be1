/**
 * Learning from a labels table: heads for a user's own classes, their evaluation, clusters, the
 * distance between nights, and a transformer for pipelines. Reads embeddings, never images, except
 * to show them.
 */
package org.inceptionspark.learn;
