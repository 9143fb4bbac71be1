package org.inceptionspark.job.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.inceptionspark.image.Orientation;
import org.inceptionspark.job.TinyModel;
import org.inceptionspark.job.transfer.JavaBytes;
import org.inceptionspark.labeler.BuiltNetwork;
import org.inceptionspark.labeler.LabelerSpec;
import org.junit.jupiter.api.Test;

/** One network for the same weights and options, and few that nobody uses. */
class JvmNetworksTest {
  private final LabelerSpec plain = TinyModel.spec();

  private static LabelerSpec other(String endPoint) {
    return TinyModel.builder().endPoints(List.of(endPoint)).build();
  }

  @Test
  void whatIsNotTheNetworksMatterSharesIt() {
    JvmNetworks networks = new JvmNetworks(0);
    TaskStreams first = networks.of(plain);
    assertThat(networks.of(TinyModel.builder().preprocessing("keras").build())).isSameAs(first);
    assertThat(networks.of(TinyModel.builder().orientation(Orientation.IGNORE).build()))
        .isSameAs(first);
    assertThat(networks.of(TinyModel.builder().top(1).maxPixels(9).build())).isSameAs(first);
    assertThat(networks.of(TinyModel.builder().kernels("scalar").build())).isNotSameAs(first);
  }

  @Test
  void thoseThatNobodyUsesGo() {
    JvmNetworks none = new JvmNetworks(0);
    TaskStreams first = none.of(plain);
    none.of(other("Mixed_7c"));
    assertThat(none.size()).isEqualTo(1);
    assertThat(none.of(plain)).as("built again").isNotSameAs(first);
  }

  @Test
  void theLongestUnusedGoFirst() {
    long two = 2 * BuiltNetwork.of(plain).bytes();
    JvmNetworks networks = new JvmNetworks(two);
    TaskStreams first = networks.of(plain);
    TaskStreams second = networks.of(other("Mixed_7c"));
    assertThat(networks.of(plain)).isSameAs(first);
    networks.of(other("Mixed_7b"));
    networks.of(other("Mixed_7a"));
    assertThat(networks.of(other("Mixed_7c"))).isNotSameAs(second);
    assertThat(networks.size()).isLessThanOrEqualTo(3);
  }

  @Test
  void weightsStayWhereTheyAre() {
    DriverWeights here = DriverWeights.of(plain::weights);
    LabelerSpec light = plain.weightsAt(here);
    byte[] sent = JavaBytes.of(light);
    assertThat(sent.length).isLessThan(100_000);
    LabelerSpec arrived = JavaBytes.value(sent);
    assertThat(arrived.network()).isEqualTo(plain.network());
    assertThat(arrived.fingerprint()).isEqualTo(plain.fingerprint());
    assertThat(arrived.weights().variables()).isSameAs(plain.weights().variables());
    here.close();
    assertThatThrownBy(() -> JavaBytes.value(sent))
        .hasMessageContaining("the run of this task has ended");
  }

  @Test
  void aNetworkServesNoOther() {
    BuiltNetwork network = BuiltNetwork.of(plain);
    assertThatThrownBy(() -> network.labeler(other("Mixed_7c")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
