package org.inceptionspark.cli.yarn;

import java.io.IOException;
import java.net.InetAddress;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.ipc.RPC;
import org.apache.hadoop.yarn.api.ApplicationMasterProtocol;
import org.apache.hadoop.yarn.api.protocolrecords.FinishApplicationMasterRequest;
import org.apache.hadoop.yarn.api.protocolrecords.RegisterApplicationMasterRequest;
import org.apache.hadoop.yarn.api.records.FinalApplicationStatus;
import org.apache.hadoop.yarn.client.ClientRMProxy;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.InvalidApplicationMasterRequestException;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.inceptionspark.job.storage.Location;

/**
 * The process that reports to YARN how its application ended: in cluster mode, the driver.
 *
 * <p>Spark, which normally reports, cannot express an exit code, and knows only one kind of
 * failure, one that YARN may retry. So final results are reported here.
 */
final class ApplicationMaster {
  private static final String STAGING = "SPARK_YARN_STAGING_DIR";
  private static final int TRIES = 100;
  private static final int PAUSE_MILLIS = 100;

  private ApplicationMaster() {}

  static boolean isThisProcess() {
    return System.getenv(STAGING) != null
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  /**
   * Ends the application, with no further attempt.
   *
   * @param diagnostics what YARN shows to users
   */
  static void finish(FinalApplicationStatus status, String diagnostics)
      throws IOException, YarnException {
    SparkConf spark = new SparkConf();
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(spark);
    ApplicationMasterProtocol yarn =
        ClientRMProxy.createRMProxy(new YarnConfiguration(hadoop), ApplicationMasterProtocol.class);
    try {
      register(yarn);
      finish(yarn, FinishApplicationMasterRequest.newInstance(status, diagnostics, null));
    } finally {
      RPC.stopProxy(yarn);
    }
    if (status == FinalApplicationStatus.FAILED
        && !spark.getBoolean("spark.yarn.preserve.staging.files", false)) {
      Location staging = Location.of(System.getenv(STAGING), hadoop);
      staging.fileSystem().delete(staging.path(), true); // Spark leaves it for another attempt
    }
  }

  /** Spark does so when a session starts; a command may end before it has one. */
  private static void register(ApplicationMasterProtocol yarn) throws IOException, YarnException {
    String host = InetAddress.getLocalHost().getHostName();
    try {
      yarn.registerApplicationMaster(RegisterApplicationMasterRequest.newInstance(host, -1, ""));
    } catch (InvalidApplicationMasterRequestException registered) {
      // As it should be.
    }
  }

  private static void finish(ApplicationMasterProtocol yarn, FinishApplicationMasterRequest request)
      throws IOException, YarnException {
    for (int i = 0; i < TRIES && !yarn.finishApplicationMaster(request).getIsUnregistered(); i++) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
