/**
 * From what a user names (directories, lists, tables, inventories) to images and their versions,
 * listed in tasks: a dataset of {@code SourceImage}. Begin with {@code ImageSource}.
 */
package org.inceptionspark.job.listing;
