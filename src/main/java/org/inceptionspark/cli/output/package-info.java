/** What commands print: summaries, tables, JSON, progress, one line for a failure, exit codes. */
package org.inceptionspark.cli.output;
