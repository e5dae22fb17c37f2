package build.leash.billing.subscription;

import build.leash.access.api.OrganizationId;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Plans;
import build.leash.billing.api.SubscriptionView;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code billing.plan}: one look-up by primary key. */
final class StoredPlans implements Plans {

    private final JdbcClient jdbc;

    StoredPlans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<SubscriptionView> find(OrganizationId organization) {
        return jdbc.sql("select plan, since from billing.plan where organization_id = ?").param(organization.value())
                .query((row, number) -> new SubscriptionView(Plan.of(row.getString("plan")),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Of an organization without a subscription, the smallest. */
    Plan of(OrganizationId organization) {
        return find(organization).map(SubscriptionView::plan).orElse(Plan.STARTER);
    }

    @Override
    public Plan inView(OrganizationId organization) {
        return of(organization);
    }
}
