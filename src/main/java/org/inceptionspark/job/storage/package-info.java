/**
 * Small files beside the table, written whole or not at all on every kind of file system, local
 * copies of remote ones, and the settings that a site cannot change. Begin with {@code
 * AtomicFiles}.
 */
package org.inceptionspark.job.storage;
