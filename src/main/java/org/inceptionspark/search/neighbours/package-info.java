/**
 * Nearest neighbours of images and rows, exact and through an index. Begin with {@code
 * NearestNeighbours}.
 */
package org.inceptionspark.search.neighbours;
