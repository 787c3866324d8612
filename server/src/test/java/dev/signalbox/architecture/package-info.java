/** Holds all modules to the order they were given: who may need whom, and what a plugin jar has to say of itself. */
package dev.signalbox.architecture;
