/**
 * Queries on the labels table. This package itself has only what users name in their configuration;
 * scans, indexes, neighbours, duplicates and SQL are in subpackages. Reads tables, labels nothing.
 */
package org.inceptionspark.search;
