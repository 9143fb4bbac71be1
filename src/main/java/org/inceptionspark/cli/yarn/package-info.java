/**
 * Commands whose driver runs in a YARN container: what the driver reports to YARN, and what the
 * submitting command ships, prints and exits with.
 */
package org.inceptionspark.cli.yarn;
