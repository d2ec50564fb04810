package io.okxexporter.model;

/**
 * What the landing page says about the program itself.
 *
 * @param version as in the pom
 * @param revision abbreviated commit, or {@code unknown}
 */
public record BuildFacts(String version, String revision) {}
