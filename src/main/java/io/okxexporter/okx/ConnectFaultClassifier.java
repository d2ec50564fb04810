package io.okxexporter.okx;

import io.okxexporter.model.ConnectFault;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyStoreException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Classifies the exceptions of sockets and TLS. */
final class ConnectFaultClassifier {
  private static final int MAX_CAUSES = 16;
  private static final int MAX_LENGTH = 160;

  private ConnectFaultClassifier() {}

  /** Describes the exception on one line, with no more than the host name and the system's text. */
  static String describe(IOException e) {
    return e.getClass().getSimpleName()
        + ": "
        + Redaction.shorten(String.valueOf(e.getMessage()), MAX_LENGTH);
  }

  static ConnectFault of(Throwable e) {
    List<Throwable> chain =
        Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
            .limit(MAX_CAUSES)
            .toList();
    // Validity first, as an expired certificate is not trusted either.
    return Stream.<Function<Throwable, Optional<ConnectFault>>>of(
            ConnectFaultClassifier::ofStore,
            ConnectFaultClassifier::ofValidity,
            ConnectFaultClassifier::ofTrust)
        .flatMap(meaning -> chain.stream().map(meaning).flatMap(Optional::stream))
        .findFirst()
        .orElseGet(() -> ofConnection(e, chain));
  }

  /** Java cannot read its trust store, or found nothing in it. */
  private static Optional<ConnectFault> ofStore(Throwable cause) {
    return cause instanceof KeyStoreException || cause instanceof InvalidAlgorithmParameterException
        ? Optional.of(ConnectFault.TRUST_STORE)
        : Optional.empty();
  }

  private static Optional<ConnectFault> ofValidity(Throwable cause) {
    if (cause instanceof CertificateNotYetValidException
        || hasReason(cause, BasicReason.NOT_YET_VALID)) {
      return Optional.of(ConnectFault.NOT_YET_VALID);
    }
    return cause instanceof CertificateExpiredException || hasReason(cause, BasicReason.EXPIRED)
        ? Optional.of(ConnectFault.EXPIRED)
        : Optional.empty();
  }

  private static Optional<ConnectFault> ofTrust(Throwable cause) {
    if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
      return Optional.of(ConnectFault.UNTRUSTED);
    }
    return cause instanceof SSLPeerUnverifiedException
        ? Optional.of(ConnectFault.WRONG_NAME)
        : Optional.empty();
  }

  private static boolean hasReason(Throwable cause, Reason reason) {
    return cause instanceof CertPathValidatorException invalid
        && invalid.getReason().equals(reason);
  }

  private static ConnectFault ofConnection(Throwable e, List<Throwable> chain) {
    if (e instanceof UnknownHostException) {
      return ConnectFault.UNKNOWN_NAME;
    }
    // OkHttp has no exception types for these two. Some proxies reject a password with 401.
    if (messageContains(e, "authenticate with proxy")
        || messageContains(e, "response code for connect: 401")) {
      return ConnectFault.PROXY_LOGIN;
    }
    if (messageContains(e, "response code for connect")) {
      return ConnectFault.PROXY;
    }
    if (e instanceof InterruptedIOException || anyContains(chain, "timed out")) {
      return ConnectFault.TIMEOUT;
    }
    if (e instanceof NoRouteToHostException || anyContains(chain, "unreachable")) {
      return ConnectFault.NO_ROUTE;
    }
    if (e instanceof ConnectException) {
      return ConnectFault.REFUSED;
    }
    return e instanceof SSLException || e instanceof EOFException
        ? ConnectFault.NO_TLS
        : ConnectFault.OTHER;
  }

  private static boolean anyContains(List<Throwable> chain, String text) {
    return chain.stream().anyMatch(cause -> messageContains(cause, text));
  }

  private static boolean messageContains(Throwable e, String text) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains(text);
  }
}
