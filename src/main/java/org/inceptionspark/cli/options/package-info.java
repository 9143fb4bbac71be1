/** What several commands take: options as picocli mixins, configuration files, sessions. */
package org.inceptionspark.cli.options;
