package io.okxexporter.web;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All connections, up to so many. One too many ends the one whose last request or answer, or else
 * whose opening, is longest ago: whoever holds connections open keeps nobody else out.
 */
final class Crowd {
  private final int most;
  private final Set<PatientEndPoint> longestAgoFirst = new LinkedHashSet<>();

  /**
   * @param most how many may be open
   */
  Crowd(int most) {
    this.most = most;
  }

  void opened(PatientEndPoint connection) {
    PatientEndPoint tooMany = add(connection);
    if (tooMany != null) {
      tooMany.close();
    }
  }

  private synchronized @Nullable PatientEndPoint add(PatientEndPoint connection) {
    longestAgoFirst.add(connection);
    return longestAgoFirst.size() > most ? first() : null;
  }

  /** Taken out at once: two newcomers end two others. */
  private PatientEndPoint first() {
    Iterator<PatientEndPoint> all = longestAgoFirst.iterator();
    PatientEndPoint first = all.next();
    all.remove();
    return first;
  }

  /** To the end of the line, unless it was closed meanwhile. */
  synchronized void renewed(PatientEndPoint connection) {
    if (longestAgoFirst.remove(connection)) {
      longestAgoFirst.add(connection);
    }
  }

  synchronized void closed(PatientEndPoint connection) {
    longestAgoFirst.remove(connection);
  }
}
