/** A class a command: options in, a job, its report out. */
package org.inceptionspark.cli.commands;
