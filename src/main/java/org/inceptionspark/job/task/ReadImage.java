package org.inceptionspark.job.task;

import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.labeler.ImageError;

/** An image and its bytes, or why they are not there; one of the two is null. */
record ReadImage(SourceImage source, byte[] bytes, ImageError error) {}
