package io.okxexporter.okx;

import static org.assertj.core.api.Assertions.assertThat;

import io.okxexporter.model.ConnectFault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

class ConnectFaultClassifierTest {
  private static final Map<Throwable, ConnectFault> MEANINGS =
      Map.ofEntries(
          Map.entry(new UnknownHostException("okx.example"), ConnectFault.UNKNOWN_NAME),
          Map.entry(new ConnectException("Connection refused"), ConnectFault.REFUSED),
          Map.entry(new ConnectException("Connection timed out"), ConnectFault.TIMEOUT),
          Map.entry(new SocketTimeoutException("Connect timed out"), ConnectFault.TIMEOUT),
          Map.entry(new NoRouteToHostException("No route to host"), ConnectFault.NO_ROUTE),
          Map.entry(new ConnectException("Network is unreachable"), ConnectFault.NO_ROUTE),
          Map.entry(new InterruptedIOException("timeout"), ConnectFault.TIMEOUT),
          Map.entry(
              new IOException("Unexpected response code for CONNECT: 403"), ConnectFault.PROXY),
          Map.entry(new IOException("Failed to authenticate with proxy"), ConnectFault.PROXY_LOGIN),
          Map.entry(
              new IOException("Unexpected response code for CONNECT: 401"),
              ConnectFault.PROXY_LOGIN),
          Map.entry(
              new SSLException("Unsupported or unrecognized SSL message"), ConnectFault.NO_TLS),
          Map.entry(new EOFException("SSL peer shut down incorrectly"), ConnectFault.NO_TLS),
          Map.entry(new SocketException("Connection reset"), ConnectFault.OTHER),
          Map.entry(
              new SSLPeerUnverifiedException("Hostname okx.example not verified"),
              ConnectFault.WRONG_NAME),
          Map.entry(
              tls(new CertPathBuilderException("unable to find valid certification path")),
              ConnectFault.UNTRUSTED),
          Map.entry(
              new KeyStoreException("problem accessing trust store"), ConnectFault.TRUST_STORE),
          Map.entry(
              tls(new InvalidAlgorithmParameterException("the trustAnchors must be non-empty")),
              ConnectFault.TRUST_STORE),
          Map.entry(tls(new CertificateNotYetValidException("soon")), ConnectFault.NOT_YET_VALID),
          Map.entry(
              tls(
                  new CertPathValidatorException(
                      "validity check failed", null, null, -1, BasicReason.NOT_YET_VALID)),
              ConnectFault.NOT_YET_VALID),
          Map.entry(
              tls(
                  new CertPathValidatorException(
                      "validity check failed", new CertificateExpiredException("long ago"))),
              ConnectFault.EXPIRED),
          Map.entry(
              tls(
                  new CertPathValidatorException(
                      "validity check failed", null, null, -1, BasicReason.EXPIRED)),
              ConnectFault.EXPIRED));

  @Test
  void exceptions_mean_what_a_person_would_say() {
    MEANINGS.forEach(
        (e, fault) -> assertThat(ConnectFaultClassifier.of(e)).as(e.toString()).isEqualTo(fault));
    assertThat(MEANINGS.values()).containsAll(Stream.of(ConnectFault.values()).toList());
  }

  @Test
  void every_fault_has_words_and_one_sentence_of_remedy() {
    assertThat(ConnectFault.values())
        .allSatisfy(fault -> assertThat(fault.description()).isNotBlank().doesNotEndWith("."))
        .allSatisfy(fault -> assertThat(fault.remedy()).matches("[^.]+([a-z]\\.[a-z][^.]+)*\\."));
    assertThat(ConnectFault.NOT_YET_VALID.remedy()).contains("clock", "NTP");
    assertThat(ConnectFault.EXPIRED.remedy()).contains("clock", "NTP");
  }

  @Test
  void a_circle_of_causes_comes_to_an_end() {
    IOException one = new IOException("one");
    one.initCause(new IOException("other", one));
    assertThat(ConnectFaultClassifier.of(one)).isEqualTo(ConnectFault.OTHER);
    assertThat(ConnectFaultClassifier.describe(one)).isEqualTo("IOException: one");
  }

  private static IOException tls(Exception cause) {
    IOException e = new SSLHandshakeException("PKIX path validation failed");
    e.initCause(new CertificateException("wrapped", cause));
    return e;
  }
}
