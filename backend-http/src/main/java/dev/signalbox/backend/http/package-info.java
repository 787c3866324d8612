/** What backends that speak HTTP share: options, calls, replies, and understanding what went wrong. */
@NullMarked
package dev.signalbox.backend.http;

import org.jspecify.annotations.NullMarked;
