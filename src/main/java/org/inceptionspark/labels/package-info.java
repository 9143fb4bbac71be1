/** Class numbers into words: label names, softmax, the best k. Knows no other room. */
package org.inceptionspark.labels;
