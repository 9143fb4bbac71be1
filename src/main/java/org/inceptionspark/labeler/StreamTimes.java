package org.inceptionspark.labeler;

import java.time.Duration;

/**
 * What a stream has spent its time on.
 *
 * @param decode from bytes to the network's input
 * @param forward in the network
 */
public record StreamTimes(Duration decode, Duration forward) {}
