/** The tools that the guide has a page for: sends what each of them sends to what its page configures. */
package dev.signalbox.examples.clients;
