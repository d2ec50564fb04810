package io.okxexporter;

/** Entry point. */
public final class Main {
  private Main() {}

  /** Runs. */
  public static void main(String[] args) {
    System.err.println("not yet");
  }
}
