package build.leash.app.audit.replay;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Replays the whole installation and prints how it goes. */
public final class ReplayCommand {

    private static final int BAR = 30;
    private static final int IDENTICAL = 0;
    private static final int DIFFERENT = 1;

    private final Replay replay;

    ReplayCommand(Replay replay) {
        this.replay = replay;
    }

    /**
     * Goes on with a replay that was interrupted. Ends with 0 if live and rebuilt read models are identical, or were made
     * so, and with 1 if they are not.
     *
     * @param isFresh starts from the beginning instead
     * @param isSwapWanted puts the rebuilt rows in place of those that differ
     */
    public int run(PrintStream out, boolean isFresh, boolean isSwapWanted) {
        Replay.Extent extent = replay.prepare(isFresh);
        if (extent.alreadyDone() > 0) {
            out.println("Resumed: " + extent.alreadyDone() + " events were replayed before.");
        }
        long start = System.nanoTime();
        replay.build(done -> print(out, extent, done, System.nanoTime() - start));
        out.println();
        List<TableReport> reports = replay.compare();
        reports.forEach(report -> print(out, report));
        replay.uncovered().forEach(table -> out.println(table + ": not compared, it has no query over the log"));
        boolean isIdentical = reports.stream().allMatch(TableReport::isIdentical);
        if (!isIdentical && isSwapWanted) {
            out.println("Swapped in: " + replay.swap() + " rows removed and added");
        }
        replay.end();
        return isIdentical || isSwapWanted ? IDENTICAL : DIFFERENT;
    }

    private static void print(PrintStream out, Replay.Extent extent, long done, long nanos) {
        long all = extent.alreadyDone() + done;
        int filled = (int) (BAR * all / Math.max(1, extent.events()));
        long perSecond = done * TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanos);
        out.print(
                "\r[" + "#".repeat(Math.min(BAR, filled)) + " ".repeat(Math.max(0, BAR - filled)) + "] " + all + " of "
                        + extent.events() + " events, " + perSecond + " a second");
        out.flush();
    }

    private static void print(PrintStream out, TableReport report) {
        if (report.isIdentical()) {
            out.println(report.table() + ": identical, " + report.live().rows() + " rows, " + report.live().sha256());
            return;
        }
        out.println(report.table() + ": DIFFERENT, live " + report.live().rows() + " rows " + report.live().sha256()
                + ", replayed " + report.replayed().rows() + " rows " + report.replayed().sha256());
        report.differences().forEach(difference -> out.println("  " + difference.what() + " " + difference.key()));
    }
}
