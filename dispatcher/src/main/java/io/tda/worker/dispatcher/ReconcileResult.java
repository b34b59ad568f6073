package io.tda.worker.dispatcher;

/**
 * What a reconcile has done.
 *
 * @param runs running runs it looked at
 * @param claimed steps it found and claimed
 * @param complete whether it came to the end and met no fault; where a limit stopped it, the next
 *     one goes on from there
 */
public record ReconcileResult(int runs, int claimed, boolean complete) {}
