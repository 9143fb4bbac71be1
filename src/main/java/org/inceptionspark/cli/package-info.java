/**
 * The command line: arguments and configuration files into jobs. The only place that prints or
 * exits.
 */
package org.inceptionspark.cli;
