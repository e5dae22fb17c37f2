package build.leash.app.web.env;

import static org.assertj.core.api.Assertions.assertThat;

import build.leash.app.support.BesideOthers;
import build.leash.app.support.LeashClient;
import build.leash.app.support.Poll;
import build.leash.app.support.RunningLeash;
import build.leash.app.support.TestOrganization;
import build.leash.billing.api.Plan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** External sources are asked from time to time though nobody reads: by one node, and on a plan that includes it. */
@BesideOthers
@ResourceLock(SourceWorld.LOCK)
class ScheduledSyncsTest {

    private static final SourceWorld WORLD = SourceWorld.shared();
    private static final Duration LONGER_THAN_BETWEEN_TWO_SYNCS = Duration.ofHours(2);

    private final RunningLeash leash = WORLD.leash();
    private final LeashClient client = leash.client();
    private final SourceServer server = WORLD.server;

    @BeforeEach
    void everythingIsWell() {
        WORLD.answersWith(0);
        WORLD.holds(Map.of("A", "1"));
    }

    @Test
    void nobodyIsAskedOnBehalfOfAnOrganizationBelowGrowth() {
        TestOrganization leaving = leash.founds();
        TestOrganization staying = leash.founds();
        Env env = new Env(leash, leaving);
        String id = add(leaving, "/env?of=leaving");
        add(staying, "/env?of=staying");
        Poll.until("both were asked for the first time", () -> asked("leaving") == 1 && asked("staying") == 1);
        leaving.plan(Plan.STARTER);

        leash.clock().ahead(LONGER_THAN_BETWEEN_TWO_SYNCS,
                () -> Poll.until("it is time to ask again", () -> asked("staying") == 2));

        assertThat(asked("leaving")).isEqualTo(1);
        assertThat(sync(leaving, id)).isEqualTo("402 upgrade_required");
        assertThat(env.read("A").outcome()).isEqualTo("402 upgrade_required");
        assertThat(env.all(leaving.appKey()).outcome()).isEqualTo("402 upgrade_required");
        assertThat(env.add(source("/env")).outcome()).isEqualTo("402 upgrade_required");
        assertThat(asked("leaving")).isEqualTo(1);
        leaving.plan(Plan.GROWTH);
        env.declare("A");
        assertThat(env.read("A").member("value")).isEqualTo("1");
    }

    /** The source gives no answer for longer than the nodes wait between two looks at what is due. */
    @Test
    void ofTwoNodesOneAsksAndTells() {
        TestOrganization acme = leash.founds();
        client.put("/api/organization/notifications", "{\"url\": \"" + server.url() + "/told\", \"secret\": \""
                + SourceServer.SIGNING_SECRET + "\"}").key(acme.adminKey()).send();
        try (RunningLeash other = WORLD.node()) {
            String id = add(acme, "/slow?of=two-nodes");
            Poll.until("the failure is told", () -> told(id) == 1);
            assertThat(asked("two-nodes")).isEqualTo(1);
            assertThat(other.bean(JdbcClient.class).sql("""
                    select count(*) from eventstore.domain_event
                    where organization_id = ? and payload_type = 'secrets.source-failed'
                    """).param(acme.id().value()).query(Long.class).single()).isEqualTo(1);
        }
    }

    private long asked(String of) {
        return server.targets.stream().filter(target -> target.endsWith("?of=" + of)).count();
    }

    private long told(String source) {
        return server.told.stream().filter(body -> body.contains(source)).count();
    }

    private String add(TestOrganization organization, String path) {
        return Env.done(new Env(leash, organization).add(source(path)), 201).member("id");
    }

    private String source(String path) {
        return SourceWorld.json("Ours", "webhook", Map.of("url", server.url() + path), SourceServer.SIGNING_SECRET, 0);
    }

    private String sync(TestOrganization organization, String id) {
        return client.call("POST", Env.SOURCES + "/" + id + "/sync").key(organization.adminKey()).send().outcome();
    }
}
