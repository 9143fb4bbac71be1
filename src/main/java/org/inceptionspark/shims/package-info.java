/**
 * Differences between the lines of Spark, Scala and Hadoop that this source tree is built for.
 * Classes that differ are in {@code src/spark-*}, {@code src/scala-*} and {@code src/hadoop-*},
 * chosen by a Maven profile; shared ones are here.
 */
package org.inceptionspark.shims;
