/**
 * TF-Slim's Inception V3: the network as a table to read beside Slim's own file, its options and
 * its heads. Nothing here computes.
 */
package org.inceptionspark.inception;
