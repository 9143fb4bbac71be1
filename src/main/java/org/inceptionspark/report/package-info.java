/**
 * The page about a night: what the table and the records of its runs say, with pictures re-read
 * from storage. Reads only; figures are computed by Spark, and few rows are collected.
 */
package org.inceptionspark.report;
