/**
 * The command line: turns arguments and configuration files into jobs. Begin with {@code Main}. The
 * only place that prints or exits.
 */
package org.inceptionspark.cli;
