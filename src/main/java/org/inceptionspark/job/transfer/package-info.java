/**
 * Moves values between driver and tasks in Java's serialised form, whatever {@code
 * spark.serializer} a site has chosen: Kryo does not support records, nor, with {@code
 * spark.kryo.registrationRequired}, unregistered classes. It always supports byte arrays. Knows no
 * other room.
 */
package org.inceptionspark.job.transfer;
