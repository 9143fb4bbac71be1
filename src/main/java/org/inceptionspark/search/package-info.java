/**
 * What people ask the labels table by day: SQL functions over vectors, nearest neighbours exact and
 * through an index, groups of near-duplicates. Reads tables, labels nothing, prints nothing.
 */
package org.inceptionspark.search;
