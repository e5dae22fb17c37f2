package build.leash.app.audit.ledger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import build.leash.app.audit.Superuser;
import build.leash.app.support.RunningLeash;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class AppendOnlyTest {

    private static RunningLeash leash;

    @BeforeAll
    static void seal() {
        leash = RunningLeash.shared();
        leash.founds();
        leash.bean(Sealing.class).sealNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"update eventstore.domain_event set time_stamp = time_stamp",
            "delete from eventstore.domain_event", "truncate eventstore.domain_event",
            "update audit.leaf set hash = hash", "delete from audit.checkpoint"})
    void refusesToChangeWhatWasRecorded(String statement) {
        JdbcClient jdbc = leash.bean(JdbcClient.class);
        assertThatThrownBy(() -> jdbc.sql(statement).update()).rootCause().hasMessageContaining("append-only");
        JdbcClient superuser = Superuser.withoutTriggers(leash);
        superuser.sql("set session_replication_role = origin").update();
        assertThatThrownBy(() -> superuser.sql(statement).update()).rootCause().hasMessageContaining("append-only");
    }
}
