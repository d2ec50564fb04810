package io.okxexporter.web.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The subject alternative names of which a client certificate must have at least one. */
final class AllowedSans {
  /** GeneralName types of RFC 5280 that Go compares. */
  private static final Set<Integer> GENERAL_NAME_TYPES = Set.of(1, 2, 6, 7); // e-mail, DNS, URI, IP

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private final Set<String> allowed;

  /**
   * @param allowed empty to allow any name
   */
  AllowedSans(List<String> allowed) {
    this.allowed = allowed.stream().map(AllowedSans::normalized).collect(Collectors.toSet());
  }

  void check(X509Certificate certificate) throws CertificateException {
    if (!allowed.isEmpty() && alternativeNames(certificate).stream().noneMatch(this::isAllowed)) {
      throw new CertificateException("none of its names is in client_allowed_sans");
    }
  }

  private static Collection<List<?>> alternativeNames(X509Certificate certificate)
      throws CertificateException {
    return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
  }

  private boolean isAllowed(List<?> name) {
    return GENERAL_NAME_TYPES.contains(name.get(0))
        && name.get(1) instanceof String text
        && allowed.contains(normalized(text));
  }

  /** Returns an IPv6 address in one canonical notation, and any other name unchanged. */
  private static String normalized(String name) {
    if (!IPV6.matcher(name).matches()) {
      return name;
    }
    try {
      return InetAddress.getByName(name).getHostAddress(); // no DNS lookup: it is an address
    } catch (UnknownHostException e) {
      return name;
    }
  }
}
