/** The scripts that find a Java and start Signalbox with it. */
package dev.signalbox.distribution;
