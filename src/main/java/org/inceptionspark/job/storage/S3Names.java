package org.inceptionspark.job.storage;

import org.apache.hadoop.conf.Configuration;

/** URIs as Amazon's tools write them. */
public final class S3Names {
  private S3Names() {}

  /** With the scheme that Hadoop reads, unless the site has configured the other one. */
  public static String s3a(String uri, Configuration hadoop) {
    for (String scheme : new String[] {"s3", "s3n"}) {
      if (uri.startsWith(scheme + "://") && hadoop.get("fs." + scheme + ".impl") == null) {
        return "s3a" + uri.substring(scheme.length());
      }
    }
    return uri;
  }
}
