/**
 * Translates the names and layouts of other frameworks to TF-Slim's. Begin with {@code
 * Translations}.
 */
package org.inceptionspark.weights.names;
