/** Heat maps and how they are drawn. */
package org.inceptionspark.image.draw;
