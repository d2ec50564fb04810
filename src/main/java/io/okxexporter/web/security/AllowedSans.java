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

/** The alternative names one of which a client's certificate must bear. */
final class AllowedSans {
  /** The numbers of RFC 5280's kinds of names that Go looks at. */
  private static final Set<Integer> KINDS = Set.of(1, 2, 6, 7); // e-mail, DNS, URI, IP

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F:.]*");

  private final Set<String> allowed;

  /**
   * @param allowed empty for any
   */
  AllowedSans(List<String> allowed) {
    this.allowed = allowed.stream().map(AllowedSans::plain).collect(Collectors.toSet());
  }

  void check(X509Certificate certificate) throws CertificateException {
    if (!allowed.isEmpty() && names(certificate).stream().noneMatch(this::isAllowed)) {
      throw new CertificateException("none of its names is in client_allowed_sans");
    }
  }

  private static Collection<List<?>> names(X509Certificate certificate)
      throws CertificateException {
    return Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.of());
  }

  private boolean isAllowed(List<?> name) {
    return KINDS.contains(name.get(0))
        && name.get(1) instanceof String text
        && allowed.contains(plain(text));
  }

  /** An IPv6 address, which can be written in many ways, in one of them; the rest as it is. */
  private static String plain(String name) {
    if (!IPV6.matcher(name).matches()) {
      return name;
    }
    try {
      return InetAddress.getByName(name).getHostAddress(); // asks nobody: it is no host name
    } catch (UnknownHostException e) {
      return name;
    }
  }
}
