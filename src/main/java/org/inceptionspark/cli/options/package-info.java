/** What several commands share: options as picocli mixins, configuration files, sessions. */
package org.inceptionspark.cli.options;
