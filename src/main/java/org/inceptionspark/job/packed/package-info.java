/**
 * Files that hold many images: tar, zip, TFRecord, sequence files. Finds the members of a file and
 * where their bytes are, and decodes those bytes. Nothing is unpacked to disk. Begin with {@code
 * PackedFormat}.
 */
package org.inceptionspark.job.packed;
