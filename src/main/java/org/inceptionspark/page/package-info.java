/**
 * Self-contained HTML pages: values that say what is shown, and the templates in {@code
 * src/main/jte} that say how. Knows nothing about tables or models; no page refers to anything
 * outside itself.
 */
package org.inceptionspark.page;
