package io.okxexporter.check;

import io.okxexporter.model.User;
import java.util.List;

/** Where the findings go, in this order. */
interface Report {
  /**
   * The beginning.
   *
   * @param title the program, its version and what it checks
   */
  void begin(String title);

  /** What concerns the whole process. */
  void process(List<Step> steps);

  /** What concerns one user. */
  void user(User user, List<Step> steps);

  /** The end. */
  void end(Summary tally);
}
