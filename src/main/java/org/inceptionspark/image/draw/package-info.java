/** Heat maps and pictures of them. */
package org.inceptionspark.image.draw;
