package io.okxexporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What changes with the content of a file for all practical purposes, also by a swapped link. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return seen.lastModifiedTime() + " " + seen.size() + " " + seen.fileKey();
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
