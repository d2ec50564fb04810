package io.okxexporter.web;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A complete response, made before its first byte is sent.
 *
 * @param status HTTP status
 * @param headers in addition to those of every response
 * @param body must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, written once
record PageResponse(int status, HttpFields headers, byte[] body) {
  /** Creates a response of one line of plain text, and adds the newline. */
  static PageResponse text(int status, String line) {
    return of(status, "text/plain; charset=utf-8", (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static PageResponse of(int status, String contentType, byte[] body) {
    return new PageResponse(
        status, HttpFields.from(new HttpField(HttpHeader.CONTENT_TYPE, contentType)), body);
  }

  PageResponse with(String name, String value) {
    return new PageResponse(status, HttpFields.build(headers).add(name, value), body);
  }
}
