package build.leash.app.audit.replay;

import build.leash.app.audit.replay.Replay.Extent;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/**
 * A line on the terminal that is written over and over. Staging an event counts as much as bringing it into one table, so
 * that the bar moves evenly enough; events per second are those that went all the way.
 */
final class ProgressBar implements Replay.Progress {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final Extent extent;
    private final long start = System.nanoTime();
    private long staged;
    private int built;

    ProgressBar(PrintStream out, Extent extent) {
        this.out = out;
        this.extent = extent;
        this.staged = extent.stagedBefore();
        this.built = extent.builtBefore();
    }

    @Override
    public synchronized void staged(long events) {
        staged += events;
        print();
    }

    @Override
    public synchronized void built() {
        built++;
        print();
    }

    /** With the time that comparing took. */
    synchronized void end() {
        print();
        out.printf("%nReplayed and compared in %.1f s: %d events a second%n", seconds(), perSecond());
    }

    private void print() {
        int filled = (int) (WIDTH * part(staged, built));
        out.print("\r[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + staged + " of " + extent.events()
                + " events staged, " + built + " of " + extent.tables() + " tables built, " + perSecond()
                + " events a second");
        out.flush();
    }

    private long perSecond() {
        double done = part(staged, built) - part(extent.stagedBefore(), extent.builtBefore());
        return Math.round(done * extent.events() / Math.max(0.001, seconds()));
    }

    private double part(long events, int tables) {
        double all = (double) extent.events() * (1 + extent.tables());
        return all == 0 ? 1 : (events + (double) tables * extent.events()) / all;
    }

    private double seconds() {
        return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
