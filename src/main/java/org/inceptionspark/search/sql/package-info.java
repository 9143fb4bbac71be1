/**
 * SQL functions over vectors, logits and images, and the views of a labels table. Begin with {@code
 * SqlFunction}.
 */
package org.inceptionspark.search.sql;
