package build.leash.app.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InterruptedJobTest {

    private static final int SERVERS = 20;

    private static KmsLeash house;

    @BeforeAll
    static void start() {
        house = new KmsLeash("leash.secrets.poll-every=1h");
    }

    @AfterAll
    static void stop() {
        house.close();
    }

    /** The first node is closed amid its rows; its lease outlives it, as that of a killed process would. */
    @Test
    void isGoneOnWithByAnotherNodeFromWhereItWas() {
        TestOrganization acme = house.leash.founds();
        Fetches.register(acme, SERVERS);
        house.rotate(acme, "data-key");
        takeTimeForEachRow();
        long done;
        try (RunningLeash first = house.node("leash.secrets.batch=1", "leash.secrets.lease=2s")) {
            assertThat(first.baseUrl()).isNotNull();
            Poll.until("the first node is amid it", () -> done() >= 1);
        }
        done = done();
        assertThat(state()).isEqualTo("running");
        assertThat(done).isBetween(1L, SERVERS - 1L);
        for (int server = 0; server < SERVERS; server++) {
            assertThat(Fetches.outcome(acme, server)).isEqualTo("200");
        }
        house.jdbc().sql("drop trigger slow on secrets.sealed_secret").update();
        try (RunningLeash second = house.node("leash.secrets.lease=2s")) {
            assertThat(second.baseUrl()).isNotNull();
            Poll.until("another node finishes it", () -> state().equals("done"));
        }
        assertThat(done()).isEqualTo(SERVERS);
        assertThat(house.events(acme)).containsOnlyOnce("secrets.data-key-rotated", "secrets.secrets-reencrypted");
        for (int server = 0; server < SERVERS; server++) {
            assertThat(Fetches.outcome(acme, server)).isEqualTo("200");
        }
    }

    private static void takeTimeForEachRow() {
        house.jdbc().sql("""
                create function public.take_time() returns trigger language plpgsql as
                $$ begin perform pg_sleep(0.1); return new; end $$
                """).update();
        house.jdbc().sql("""
                create trigger slow before update on secrets.sealed_secret
                for each row execute function public.take_time()
                """).update();
    }

    private static long done() {
        return house.jdbc().sql("select done from secrets.job").query(Long.class).single();
    }

    private static String state() {
        return house.jdbc().sql("select state from secrets.job").query(String.class).single();
    }
}
