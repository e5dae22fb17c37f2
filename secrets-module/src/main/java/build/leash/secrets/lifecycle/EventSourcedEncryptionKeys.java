package build.leash.secrets.lifecycle;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.Commands;
import build.leash.access.api.InvalidValue;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Organizations;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.access.api.Role;
import build.leash.access.api.Writes;
import build.leash.secrets.api.EncryptionKeyView;
import build.leash.secrets.api.EncryptionKeys;
import build.leash.secrets.api.KeyOrigin;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.sealing.AssignedKey;
import build.leash.secrets.sealing.KeyRecords;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Turns what owners ask for, and what sealing needs, into commands. Asks the key management service before it takes the
 * organization's lock, never while it holds it; what takes time becomes a job in the same transaction.
 */
final class EventSourcedEncryptionKeys implements EncryptionKeys, KeyRecords {

    private static final String RETRY_AFTER = "retryAfter";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final KmsProviders providers;
    private final StoredEncryptionKeys keys;
    private final StoredJobs jobs;
    private final KeyDescriptions descriptions;
    private final Organizations organizations;
    private final Writes writes;
    private final Commands commands;
    private final TransactionOperations ownTransaction;

    EventSourcedEncryptionKeys(KmsProviders providers, StoredEncryptionKeys keys, StoredJobs jobs,
            Organizations organizations, Writes writes, Commands commands, TransactionOperations ownTransaction) {
        this.providers = providers;
        this.keys = keys;
        this.jobs = jobs;
        this.descriptions = new KeyDescriptions(providers, keys, jobs);
        this.organizations = organizations;
        this.writes = writes;
        this.commands = commands;
        this.ownTransaction = ownTransaction;
    }

    @Override
    public EncryptionKeyView get(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ);
        return descriptions.of(caller.organization());
    }

    @Override
    public EncryptionKeyView move(Caller caller, String provider) {
        caller.mustBeAllowedTo(Permission.MANAGE_ENCRYPTION_KEY);
        return assign(caller, KeyOrigin.MADE, () -> {
            Kms kms = providers.named(provider);
            return new AssignedKey(provider, kms.createKey(caller.organization()));
        });
    }

    @Override
    public EncryptionKeyView bring(Caller caller, String provider, String keyName) {
        caller.mustBeAllowedTo(Permission.MANAGE_ENCRYPTION_KEY);
        return assign(caller, KeyOrigin.BROUGHT, () -> new AssignedKey(provider, keyName));
    }

    @Override
    public EncryptionKeyView rotateKey(Caller caller) {
        AssignedKey key = manageable(caller);
        return exclusively(caller, () -> jobs.startRewrap(caller, key, null, true));
    }

    @Override
    public EncryptionKeyView rotateDataKey(Caller caller) {
        manageable(caller);
        return exclusively(caller, () -> jobs.start(caller, Job.Kind.REENCRYPT));
    }

    @Override
    public EncryptionKeyView shred(Caller caller, String confirmation) {
        caller.mustBeAllowedTo(Permission.MANAGE_ENCRYPTION_KEY);
        if (!organizations.name(caller.organization()).value().equals(confirmation)) {
            throw new InvalidValue("To confirm, repeat the organization's name exactly.");
        }
        Optional<Assignment> key = orUnavailable(() -> assignedTo(caller.organization()));
        return exclusively(caller, () -> {
            if (key.isPresent() && !isShredded(caller.organization())) {
                StoredEncryptionKeys.Destroyed destroyed = keys.destroyAll(caller.organization());
                commands.send(caller, new ShredOrganization(id(caller), destroyed.dataKeys(), destroyed.secrets()));
                jobs.supersede(caller.organization());
                jobs.start(caller, Job.Kind.DESTROY_KEYS);
            }
        });
    }

    /** Records what a job did, together with its last step. */
    void record(Caller caller, Object command, Runnable lastStep) {
        writes.exclusively(subject(caller.organization()), () -> {
            commands.send(caller, command);
            lastStep.run();
            return command;
        });
    }

    @Override
    public Optional<Assignment> assignedTo(OrganizationId organization) {
        Optional<StoredEncryptionKeys.Row> row = keys.find(organization);
        if (row.isEmpty()) {
            assignFirst(organization, keys.ofCurrentDataKey(organization).orElseGet(() -> made(organization)));
            row = keys.find(organization);
        }
        return row.filter(found -> !found.isShredded())
                .map(found -> new Assignment(found.key(), found.generation()));
    }

    @Override
    public void rotateDataKey(OrganizationId organization, @Nullable Caller onBehalfOf, UUID from, UUID to,
            BooleanSupplier swap) {
        ownTransaction.executeWithoutResult(status -> writes.exclusively(subject(organization), () -> {
            if (swap.getAsBoolean()) {
                commands.send(onBehalfOf == null ? itself(organization) : onBehalfOf,
                        new RecordDataKeyRotation(new EncryptionKeyId(organization), to, from));
            }
            return to;
        }));
    }

    private AssignedKey made(OrganizationId organization) {
        Kms kms = providers.forNewOrganizations();
        return new AssignedKey(kms.provider(), kms.createKey(organization));
    }

    private void assignFirst(OrganizationId organization, AssignedKey key) {
        ownTransaction.executeWithoutResult(status -> writes.exclusively(subject(organization), () -> {
            if (keys.find(organization).isEmpty()) {
                commands.send(itself(organization), new AssignFirstKey(new EncryptionKeyId(organization),
                        key.provider(), key.keyName(), KeyOrigin.MADE));
            }
            return key;
        }));
    }

    /** The key is proven before it is recorded. */
    private EncryptionKeyView assign(Caller caller, KeyOrigin origin, Supplier<AssignedKey> wanted) {
        manageable(caller);
        AssignedKey key = orUnavailable(wanted);
        String version = orUnavailable(
                () -> providers.named(key.provider()).adopt(caller.organization(), key.keyName()));
        return exclusively(caller, () -> {
            commands.send(caller, new AssignKey(id(caller), key.provider(), key.keyName(), origin));
            jobs.startRewrap(caller, key, version, false);
        });
    }

    private AssignedKey manageable(Caller caller) {
        caller.mustBeAllowedTo(Permission.MANAGE_ENCRYPTION_KEY);
        return orUnavailable(() -> assignedTo(caller.organization())).map(Assignment::key)
                .orElseThrow(() -> new Rejected(SecretsRejection.ORGANIZATION_SHREDDED,
                        "The organization's secrets were destroyed."));
    }

    private EncryptionKeyView exclusively(Caller caller, Runnable work) {
        writes.exclusively(subject(caller.organization()), () -> {
            work.run();
            return caller;
        });
        return descriptions.recorded(caller.organization());
    }

    private boolean isShredded(OrganizationId organization) {
        return keys.find(organization).filter(StoredEncryptionKeys.Row::isShredded).isPresent();
    }

    private static <T> T orUnavailable(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (KmsRefused e) {
            throw RefusedKey.because(e);
        } catch (KmsException e) {
            throw new Rejected(SecretsRejection.SECRETS_UNAVAILABLE,
                    "The key management service gives no answer. Nothing was changed.",
                    Map.of(RETRY_AFTER, RETRY_AFTER_SECONDS));
        }
    }

    private static EncryptionKeyId id(Caller caller) {
        return new EncryptionKeyId(caller.organization());
    }

    private static String subject(OrganizationId organization) {
        return new EncryptionKeyId(organization).toString();
    }

    /** Acts for whoever's request made it necessary, whose id the log's lines carry too. */
    private static Caller itself(OrganizationId organization) {
        String requestId = MDC.get("requestId");
        return new Caller(organization, Actor.system("secrets"), Role.OWNER,
                requestId == null ? UUID.randomUUID().toString() : requestId);
    }
}
