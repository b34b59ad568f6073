package io.tda.worker.config;

/**
 * How the service is called.
 *
 * @param port 0 for any that is free
 * @param maxRequestBytes a longer body is answered 413
 */
public record HttpConfig(int port, int maxRequestBytes, PushAuth pushAuth) {}
