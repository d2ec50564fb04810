package io.okxexporter.model;

/** Why a host cannot be reached, with a description and a remedy. */
public enum ConnectFault {
  /** DNS has no address for the host. */
  UNKNOWN_NAME(
      "its name cannot be resolved",
      "Check the spelling of the host in region or proxy_url, and the DNS of this machine."),
  /** Nothing listens on the port, or a firewall rejects the connection. */
  REFUSED(
      "the connection is refused",
      "Check host and port in region or proxy_url, and firewalls on the path."),
  /** The network has no route to the host. */
  NO_ROUTE(
      "there is no route to it",
      "Check the network of this machine, and whether it needs a proxy_url."),
  /** The host does not respond. */
  TIMEOUT(
      "no response in time",
      "Check whether a firewall drops the connection, and whether this machine needs a proxy_url."),
  /** The proxy rejects the connection. */
  PROXY(
      "the proxy does not connect to it",
      "Check proxy_url, and that the proxy allows connections to this host."),
  /** The proxy requires a user and a password, or does not accept the configured ones. */
  PROXY_LOGIN(
      "the proxy requires a user and a password, or rejects those it got",
      "Set proxy_user and proxy_password to what the proxy expects; they are sent by the scheme"
          + " Basic."),
  /** The certificate's validity begins after our time. */
  NOT_YET_VALID(
      "its certificate is not yet valid",
      "The clock of this machine is probably slow: turn on time synchronisation (NTP)."),
  /** The certificate's validity ended before our time. */
  EXPIRED(
      "its certificate has expired",
      "The clock of this machine is probably fast: turn on time synchronisation (NTP), or look for"
          + " an intermediary that intercepts TLS."),
  /** The certificate is for another host. */
  WRONG_NAME(
      "its certificate is for another name",
      "An intermediary answers instead of OKX: check the DNS, proxies and the URL in region."),
  /** The certificate's issuer is not trusted. */
  UNTRUSTED(
      "its certificate is not signed by an authority that this machine trusts",
      "An intermediary intercepts TLS: exempt this host, or set ca_file to a file with the"
          + " certificate of its authority."),
  /** The local trust store cannot be read, or is empty. */
  TRUST_STORE(
      "the trust store of Java on this machine cannot be read, or holds no certificate",
      "Fix the file that the options javax.net.ssl.trustStore of Java name, or remove them, and"
          + " start again."),
  /** The TLS handshake fails. */
  NO_TLS(
      "TLS fails",
      "An intermediary breaks TLS or does not speak it: check proxies and the port in region."),
  /** None of the above. */
  OTHER("the connection fails", "Check the network, the firewall and the proxy.");

  private final String description;
  private final String remedy;

  ConnectFault(String description, String remedy) {
    this.description = description;
    this.remedy = remedy;
  }

  /** The description, as the end of a sentence about the host. */
  public String description() {
    return description;
  }

  /** The remedy, in one sentence. */
  public String remedy() {
    return remedy;
  }
}
