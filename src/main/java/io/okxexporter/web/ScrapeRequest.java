package io.okxexporter.web;

import java.util.function.Predicate;

/**
 * What a scraper requests.
 *
 * @param format the exposition format
 * @param escaping how to write names
 * @param names the metric families wanted, by name with or without the suffix of their type
 */
public record ScrapeRequest(
    ExpositionFormat format, NameEscaping escaping, Predicate<String> names) {}
