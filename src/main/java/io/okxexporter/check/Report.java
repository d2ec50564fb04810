package io.okxexporter.check;

import io.okxexporter.model.User;
import java.util.List;

/** Receives the steps of a check; its methods are called in this order. */
interface Report {
  /**
   * Begins the report.
   *
   * @param title the program, its version and what it checks
   */
  void begin(String title);

  /** Reports the steps of the whole process. */
  void process(List<Step> steps);

  /** Reports the steps of one user. */
  void user(User user, List<Step> steps);

  /** Ends the report. */
  void end(Summary summary);
}
