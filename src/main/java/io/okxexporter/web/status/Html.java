package io.okxexporter.web.status;

/** Text into HTML. */
final class Html {
  private Html() {}

  /** For an element's content and for an attribute in either kind of quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
