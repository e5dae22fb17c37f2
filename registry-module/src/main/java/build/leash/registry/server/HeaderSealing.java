package build.leash.registry.server;

import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.RequestedHeader;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.SecretPurpose;
import build.leash.registry.api.StaticHeader;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Sealer;
import java.util.List;

/** Turns requested headers into recorded ones: secret values are sealed, kept ones keep their reference. */
record HeaderSealing(Sealer sealer, OrganizationId organization, McpServerId server, List<StaticHeader> current) {

    static boolean isNeededFor(RequestedHeaders requested) {
        return requested.list().stream().anyMatch(RequestedHeader.Secret.class::isInstance);
    }

    /** @throws InvalidValue if a secret is to be kept that the server does not have */
    List<StaticHeader> record(RequestedHeaders requested, long version) {
        return requested.list().stream().map(header -> record(header, version)).toList();
    }

    private StaticHeader record(RequestedHeader requested, long version) {
        return switch (requested) {
            case RequestedHeader.Plain plain -> StaticHeader.plain(plain.name(), plain.value());
            case RequestedHeader.Secret secret -> StaticHeader.secret(secret.name(),
                    sealer.seal(SecretPurpose.header(organization, server, secret.name()), version, secret.value()));
            case RequestedHeader.KeptSecret kept -> StaticHeader.secret(kept.name(), currentSecret(kept.name()));
        };
    }

    private SecretRef currentSecret(HeaderName name) {
        return current.stream().filter(header -> header.name().key().equals(name.key()))
                .map(StaticHeader::secret).filter(secret -> secret != null).findFirst()
                .orElseThrow(() -> new InvalidValue("Only a secret header that the server has can be kept;"
                        + " give the value of any other."));
    }
}
