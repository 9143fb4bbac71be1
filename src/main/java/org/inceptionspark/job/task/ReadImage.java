package org.inceptionspark.job.task;

import org.inceptionspark.job.listing.SourceImage;
import org.inceptionspark.labeler.ImageError;

/** An image with its bytes or the reason why there are none; one of the two is null. */
record ReadImage(SourceImage source, byte[] bytes, ImageError error) {}
