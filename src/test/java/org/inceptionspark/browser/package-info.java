/**
 * A real browser to look at pages with, as people will: headless Chromium over its own protocol.
 */
package org.inceptionspark.browser;
