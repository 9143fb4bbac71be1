/**
 * The keys of a bucket in order, and ranges of keys that tasks list. Begin with {@code
 * BucketRanges}.
 */
package org.inceptionspark.job.keys;
