/**
 * From the names of other frameworks to TF-Slim's, and from their layouts to its. Begin with {@code
 * Translations}.
 */
package org.inceptionspark.weights.names;
