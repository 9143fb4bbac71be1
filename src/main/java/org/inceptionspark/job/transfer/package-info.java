/**
 * Values on their way between driver and tasks, in Java's serialised form whatever {@code
 * spark.serializer} a site has chosen: Kryo takes no records, and with {@code
 * spark.kryo.registrationRequired} no class that it was not told of. Byte arrays it always takes.
 * Knows no other room.
 */
package org.inceptionspark.job.transfer;
