/**
 * Says requests and answers of one chat dialect in another, through one small model that belongs to none of them.
 *
 * <p>A {@link dev.signalbox.core.translate.Language} is what one dialect brings (one that can only be asked in is an
 * {@link dev.signalbox.core.translate.Asking}): a
 * {@link dev.signalbox.core.translate.ChatReader} makes a {@link dev.signalbox.core.translate.Chat} of a request, a
 * {@link dev.signalbox.core.translate.ChatWriter} says a chat in the dialect and counts what it has no words for as
 * {@link dev.signalbox.core.translate.Losses}, an {@link dev.signalbox.core.translate.AnswerReader} makes
 * {@link dev.signalbox.core.translate.AnswerEvent}s of frames or of a whole answer, and an
 * {@link dev.signalbox.core.translate.AnswerWriter} tells those. No class knows two dialects, and none knows a backend:
 * what one target wants is in {@link dev.signalbox.core.translate.Manner}.
 *
 * <p>What the model has no word for stays beside the thing it belongs to, in its
 * {@link dev.signalbox.core.translate.Origin}: the writer of the same dialect says it again unchanged, every other one
 * counts it as lost. Errors inside a reply are not told here: the engine finds them first, and speaks for itself.
 */
@NullMarked
package dev.signalbox.core.translate;

import org.jspecify.annotations.NullMarked;
