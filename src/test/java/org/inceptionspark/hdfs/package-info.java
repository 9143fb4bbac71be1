/** A real HDFS in this JVM, for tests. */
package org.inceptionspark.hdfs;
