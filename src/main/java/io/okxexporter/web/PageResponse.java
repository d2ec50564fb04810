package io.okxexporter.web;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A whole response, made before the first byte of it is sent.
 *
 * @param status HTTP status
 * @param headers those beyond the ones every answer has
 * @param body not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, written once
record PageResponse(int status, HttpFields headers, byte[] body) {
  /** One line of plain text; adds the newline. */
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
