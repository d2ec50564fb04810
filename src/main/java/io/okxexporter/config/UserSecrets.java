package io.okxexporter.config;

import io.okxexporter.model.Credentials;
import io.okxexporter.model.Secret;
import org.jspecify.annotations.Nullable;

/**
 * All secrets of one user.
 *
 * @param proxyPassword null without one
 */
record UserSecrets(Credentials credentials, @Nullable Secret proxyPassword) {}
