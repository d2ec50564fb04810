package io.okxexporter.web.status;

/** Converts text to HTML. */
final class Html {
  private Html() {}

  /** Escapes text for element content and for attributes in either kind of quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
