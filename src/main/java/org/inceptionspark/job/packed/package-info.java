/**
 * Files that hold many images: tar, zip, TFRecord, sequence files. Enters: a file that can be read
 * anywhere. Leaves: its members and where in it their bytes are; and those bytes again, decoded.
 * Nothing is unpacked to a disk. Begin with {@code PackedFormat}.
 */
package org.inceptionspark.job.packed;
