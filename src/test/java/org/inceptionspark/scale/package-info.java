/** What nights and searches cost, counted on listings and tables that are made up. */
package org.inceptionspark.scale;
