package build.leash.app.audit.replay;

import build.leash.app.audit.replay.Replay.Extent;
import java.io.PrintStream;
import java.util.List;

/** Replays the whole installation and prints how it goes. */
public final class ReplayCommand {

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
        Extent extent = replay.prepare(isFresh);
        if (extent.isResumed()) {
            out.println("Resumed: " + extent.stagedBefore() + " of " + extent.events() + " events were staged and "
                    + extent.builtBefore() + " of " + extent.tables() + " tables built before.");
        }
        ProgressBar bar = new ProgressBar(out, extent);
        replay.build(bar);
        List<TableReport> reports = replay.compare();
        bar.end();
        reports.forEach(report -> print(out, report));
        boolean isIdentical = reports.stream().allMatch(TableReport::isIdentical);
        if (!isIdentical && isSwapWanted) {
            out.println("Swapped in: " + replay.swap() + " rows removed and added");
        }
        replay.end();
        return isIdentical || isSwapWanted ? IDENTICAL : DIFFERENT;
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
