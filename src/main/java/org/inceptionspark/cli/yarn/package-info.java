/**
 * Commands whose driver runs in a container of YARN: what the driver tells YARN about its end, and
 * what the command that submitted it ships, shows and exits with.
 */
package org.inceptionspark.cli.yarn;
