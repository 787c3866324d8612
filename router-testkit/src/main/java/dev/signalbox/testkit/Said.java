package dev.signalbox.testkit;

/** An answer to one request: for which model, under which id, and whether its tokens are to be told in a stream. */
record Said(Answer answer, String model, String id, boolean usage) {}
