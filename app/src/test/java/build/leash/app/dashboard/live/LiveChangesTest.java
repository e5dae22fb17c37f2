package build.leash.app.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.PlainToken;
import build.leash.access.api.Sessions;
import build.leash.app.support.RunningLeash;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;

class LiveChangesTest {

    private final RunningLeash leash = RunningLeash.shared();
    private final SlowSessions sessions = new SlowSessions();
    private final Watchers watchers = new Watchers(sessions);
    private final LiveChanges changes = new LiveChanges(leash.bean(JdbcClient.class), watchers,
            leash.bean(Clock.class));

    @Test
    void tellsOnceAndAgainWhatCouldNotBeTold() {
        watchers.start();
        watchers.watch(leash.founds().owner().organization(), PlainToken.generate());
        sessions.areOutOfReach = true;
        changes.look();
        assertThat(sessions.asked).as("whether the page may know of it").isEqualTo(1);

        sessions.areOutOfReach = false;
        changes.look();
        changes.look();

        assertThat(sessions.asked).isEqualTo(2);
    }

    /** A database that answers too late now and then, where sessions are looked up. */
    private static final class SlowSessions implements Sessions {

        private boolean areOutOfReach;
        private int asked;

        @Override
        public Optional<Session> find(PlainToken token) {
            asked++;
            if (areOutOfReach) {
                throw new QueryTimeoutException("The database is slow");
            }
            return Optional.empty();
        }

        @Override
        public PlainToken open(PersonId person) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void moveTo(PlainToken token, OrganizationId organization) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void end(PlainToken token) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void endAll(PersonId person) {
            throw new UnsupportedOperationException();
        }
    }
}
