/** One class per command: options in, a job in between, its report out. */
package org.inceptionspark.cli.commands;
