/** Follows the documents as a reader would: what they say to write is read, what they say to run is run. */
package dev.signalbox.examples.documents;
