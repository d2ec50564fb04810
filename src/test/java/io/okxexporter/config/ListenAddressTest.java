package io.okxexporter.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.config.yaml.InvalidValueException;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:10058,127.0.0.1:10058,127.0.0.1:10058",
    "localhost:10058,localhost:10058,localhost:10058",
    "nowhere.invalid:10058,nowhere.invalid:10058,nowhere.invalid:10058",
    "[::1]:10058,[0:0:0:0:0:0:0:1]:10058,[0:0:0:0:0:0:0:1]:10058",
    ":10058,:10058,0.0.0.0:10058",
    "0.0.0.0:10058,:10058,0.0.0.0:10058",
  })
  void an_address_is_told_as_it_may_be_written(String given, String text, String authority)
      throws InvalidValueException {
    InetSocketAddress address = ListenAddress.parse(given);
    assertThat(ListenAddress.format(address)).isEqualTo(text);
    assertThat(ListenAddress.authority(address)).isEqualTo(authority);
    assertThat(ListenAddress.parse(ListenAddress.format(address))).isEqualTo(address);
  }
}
