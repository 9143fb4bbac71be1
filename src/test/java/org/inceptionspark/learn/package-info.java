/** Learning from labels tables. */
package org.inceptionspark.learn;
