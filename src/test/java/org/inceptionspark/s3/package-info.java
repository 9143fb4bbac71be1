/**
 * A real S3 server inside the JVM, for tests and the quickstart. It checks signatures and listens
 * on loopback only. Nothing here may be needed by the job itself.
 */
package org.inceptionspark.s3;
