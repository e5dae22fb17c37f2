package build.leash.app.freshness;

import build.leash.app.postgres.TestPostgres;
import build.leash.app.postgres.TestStandby;
import build.leash.app.support.LeashProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong, one after the other and over again, each of it for a moment. */
final class Disturbances {

    private static final Duration MOMENT = Duration.ofMillis(250);

    private final TestPostgres postgres;
    private final TestStandby standby;
    private final Nodes nodes;
    private final Random random = new Random();
    private final List<Runnable> all = List.of(this::stopANode, this::cutConnections, this::stopTheStandby,
            this::cutConnectionsToTheStandby, this::cutTheStream, this::killANode);
    private volatile int happened;

    Disturbances(TestPostgres postgres, TestStandby standby, Nodes nodes) {
        this.postgres = postgres;
        this.standby = standby;
        this.nodes = nodes;
    }

    /** The next one, then a moment's peace. */
    void next() {
        all.get(happened % all.size()).run();
        aMoment();
        happened++;
    }

    /** Whether each of them was there. */
    boolean allHappened() {
        return happened >= all.size();
    }

    private void stopANode() {
        LeashProcess node = nodes.any(random);
        node.pause();
        aMoment();
        node.resume();
    }

    private void killANode() {
        nodes.killAndRestart(random.nextInt(nodes.all().size()));
    }

    /** About half of those of all nodes, whatever they are doing. */
    private void cutConnections() {
        postgres.superuser().sql("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where application_name like 'leash%' and pid <> pg_backend_pid() and random() < 0.5
                """).query(Long.class).single();
    }

    void cutConnectionsToTheStandby() {
        standby.superuser().sql("""
                select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'leash-reads'
                """).query(Long.class).single();
    }

    /** It answers nobody, and no commit is acknowledged. */
    private void stopTheStandby() {
        standby.pause();
        aMoment();
        standby.resume();
    }

    /** It answers from what it has, and no commit is acknowledged until it has caught up. */
    private void cutTheStream() {
        standby.cutStream();
    }

    private static void aMoment() {
        LockSupport.parkNanos(MOMENT.toNanos());
    }

    @Override
    public String toString() {
        return happened + " disturbances";
    }
}
