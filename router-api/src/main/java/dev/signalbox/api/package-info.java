/** The values that requests, answers and decisions are made of. Immutable unless a type says otherwise; nothing is null. */
@NullMarked
package dev.signalbox.api;

import org.jspecify.annotations.NullMarked;
