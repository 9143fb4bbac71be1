/**
 * The library's front door: image bytes in, labels and embedding out, in plain Java without Spark.
 */
package org.inceptionspark.labeler;
