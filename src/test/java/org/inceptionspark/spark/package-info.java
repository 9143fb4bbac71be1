/** The Spark session that all tests share. */
package org.inceptionspark.spark;
