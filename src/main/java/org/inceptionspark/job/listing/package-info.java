/**
 * From the URIs that a user names to the objects below them, listed in tasks. Leaves: a dataset of
 * {@code SourceImage}. Begin with {@code ListObjects}.
 */
package org.inceptionspark.job.listing;
