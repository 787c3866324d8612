/**
 * What tests of a router and of its plugins are made of.
 *
 * <ul>
 *   <li>Contracts, to be extended by the test of a plugin: {@link dev.signalbox.testkit.BackendContract}, {@link
 *       dev.signalbox.testkit.GuardContract}, {@link dev.signalbox.testkit.MatcherContract}, {@link
 *       dev.signalbox.testkit.SelectorContract}, {@link dev.signalbox.testkit.ClassifierContract}, {@link
 *       dev.signalbox.testkit.ListenerContract}, {@link dev.signalbox.testkit.LedgerContract}, and for all of them {@link
 *       dev.signalbox.testkit.FactoryContract}.
 *   <li>Servers over real sockets that do what a test tells them, faults included: {@link
 *       dev.signalbox.testkit.ScriptedServer}, and doubles of real runtimes that answer by themselves, such as {@link
 *       dev.signalbox.testkit.ScriptedOllama}.
 *   <li>What a plugin is lent and asked: {@link dev.signalbox.testkit.TestContext} with its {@link
 *       dev.signalbox.testkit.HandClock}, {@link dev.signalbox.testkit.TestRequest}, {@link
 *       dev.signalbox.testkit.TestAttempt}, {@link dev.signalbox.testkit.Calls}.
 *   <li>What proves an engine: {@link dev.signalbox.testkit.TestBackend}, {@link dev.signalbox.testkit.RecordingGuard},
 *       {@link dev.signalbox.testkit.RecordingListener}, {@link dev.signalbox.testkit.TestFactories}.
 * </ul>
 */
@NullMarked
package dev.signalbox.testkit;

import org.jspecify.annotations.NullMarked;
