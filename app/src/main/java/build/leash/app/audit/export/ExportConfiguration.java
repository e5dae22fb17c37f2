package build.leash.app.audit.export;

import build.leash.app.audit.ledger.Ledger;
import build.leash.app.audit.ledger.Sealing;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    @Bean
    AuditLog auditLog(JdbcClient jdbc, Ledger ledger, Sealing sealing) {
        return new AuditLog(new StoredEvents(jdbc), ledger, sealing);
    }
}
