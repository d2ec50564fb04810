package io.okxexporter.web;

import java.util.function.Predicate;

/**
 * What a scraper asks for.
 *
 * @param format the exposition format
 * @param escaping how names are written
 * @param names the metric families wanted, by name with or without the suffix of their type
 */
public record ScrapeRequest(
    ExpositionFormat format, NameEscaping escaping, Predicate<String> names) {}
