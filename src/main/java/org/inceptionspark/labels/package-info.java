/**
 * Turns class numbers into words: label names, softmax, the best k. Uses no other package of this
 * project.
 */
package org.inceptionspark.labels;
