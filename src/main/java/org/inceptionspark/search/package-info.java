/**
 * Queries on the labels table. This package has only what users name in their configuration; scans,
 * indexes, neighbours, duplicates and SQL are rooms within. Reads tables, labels nothing.
 */
package org.inceptionspark.search;
