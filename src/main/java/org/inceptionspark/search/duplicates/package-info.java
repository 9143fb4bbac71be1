/** Groups of near-copies within a table. Begin with {@code NearDuplicates}. */
package org.inceptionspark.search.duplicates;
