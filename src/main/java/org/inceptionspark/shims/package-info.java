/**
 * What differs between the lines of Spark, Scala and Hadoop that the one source tree is built for.
 * Classes that differ are in {@code src/spark-*}, {@code src/scala-*} and {@code src/hadoop-*},
 * chosen by a Maven profile; what serves all of them is here.
 */
package org.inceptionspark.shims;
