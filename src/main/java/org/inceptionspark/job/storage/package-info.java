/**
 * Small files beside the table, written whole or not at all on every kind of file system, and local
 * copies of remote ones. Begin with {@code AtomicFiles}.
 */
package org.inceptionspark.job.storage;
