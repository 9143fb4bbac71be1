package org.inceptionspark.job.failure;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.inceptionspark.shims.AwsAnswer;

/** Why a store refuses all requests made in this way, where its status alone does not say why. */
enum StoreRefusal {
  REGION(
      answer ->
          answer.status() == 301
              || Set.of("PermanentRedirect", "AuthorizationHeaderMalformed")
                  .contains(answer.code()),
      "the bucket is in another region%s: set fs.s3a.endpoint.region"),
  EXPIRED(
      answer -> Set.of("ExpiredToken", "TokenRefreshRequired").contains(answer.code()),
      "the session token has expired: renew the credentials"),
  CLOCK(
      answer -> answer.code().equals("RequestTimeTooSkewed"),
      "the clock of this machine differs from the storage's by too much: set it"),
  PROXY_LOGIN(
      answer -> answer.status() == 407,
      "a proxy wants to know who asks: set fs.s3a.proxy.username and fs.s3a.proxy.password"),
  PROXY(
      answer -> answer.status() == 403 && answer.requestId().isEmpty(),
      "access denied, check the credentials and the proxy: the answer has no request id of S3");

  private final Predicate<AwsAnswer> applies;
  private final String words;

  StoreRefusal(Predicate<AwsAnswer> applies, String words) {
    this.applies = applies;
    this.words = words;
  }

  /** In words, if it is one. */
  static Optional<String> describe(Throwable failure) {
    Optional<AwsAnswer> answer = AwsAnswer.of(failure);
    for (StoreRefusal refusal : values()) {
      if (answer.filter(refusal.applies).isPresent()) {
        String region = answer.get().region().map(name -> ", " + name).orElse("");
        return Optional.of(refusal.words.replace("%s", region));
      }
    }
    return Optional.empty();
  }
}
