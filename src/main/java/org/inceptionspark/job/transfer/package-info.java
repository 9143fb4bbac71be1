/**
 * Moves values between driver and tasks in Java's serialised form, whatever {@code
 * spark.serializer} a site has chosen: Kryo does not support records, nor, with {@code
 * spark.kryo.registrationRequired}, unregistered classes. It always supports byte arrays. Uses no
 * other package of this project.
 */
package org.inceptionspark.job.transfer;
