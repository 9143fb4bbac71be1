/** Groups of near-duplicates within a table. Begin with {@code NearDuplicates}. */
package org.inceptionspark.search.duplicates;
