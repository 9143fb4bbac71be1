package org.inceptionspark.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource({
    "s3a://AKIA:abc+d@bucket/in, s3a://***@bucket/in",
    "s3a://AKIA:ab/cd@bucket/in, s3a://***@bucket/in",
    "fs.s3a.secret.key=abc and more, fs.s3a.secret.key=*** and more",
    "https://h/p?X-Amz-Signature=12ab&x=1, https://h/p?X-Amz-Signature=***&x=1",
    "https://a.blob.core.windows.net/c?sv=1&sig=a%2Bb&se=2, https://a.blob.core.windows.net/c?sv=1&sig=***&se=2",
    "fs.azure.account.key.a.dfs.core.windows.net=abc==, fs.azure.account.key.a.dfs.core.windows.net=***",
    "design=flat, design=flat",
    "session token: abc, session token: ***",
    "s3a://bucket/a@b:c.jpg, s3a://bucket/a@b:c.jpg",
  })
  void secretsAreMasked(String text, String masked) {
    assertThat(Secrets.masked(text)).isEqualTo(masked);
  }
}
