package io.okxexporter.okx;

import java.nio.ByteBuffer;

/** Tracks TLS record boundaries: the last two of five header bytes hold the payload length. */
final class TlsRecords {
  private static final int HEADER = 5;

  private int header;
  private int left;

  /** Consumes the next bytes of the stream. */
  void read(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      read(Byte.toUnsignedInt(bytes.get()));
    }
  }

  private void read(int next) {
    if (header < HEADER) {
      header++;
      left = header < HEADER - 1 ? 0 : left << 8 | next;
    } else {
      left--;
    }
    if (header == HEADER && left == 0) {
      header = 0;
    }
  }

  /** Whether the last record is complete. */
  boolean isBetweenRecords() {
    return header == 0;
  }
}
