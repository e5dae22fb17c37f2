package build.leash.secrets.lifecycle;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.event.DestroyedVersion;
import build.leash.secrets.kms.KeyVersion;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsProviders;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.sealing.AssignedKey;
import build.leash.secrets.sealing.DataKeys;
import build.leash.secrets.sealing.Reencryption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Does jobs. Every step can be done twice, and progress is written down with it or after each batch, so a job goes on
 * after a crash where it was, on whichever node.
 */
final class JobRunner {

    private static final UUID BEGINNING = new UUID(0, 0);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 7;

    private final StoredJobs jobs;
    private final StoredEncryptionKeys keys;
    private final EventSourcedEncryptionKeys records;
    private final KmsProviders providers;
    private final DataKeys dataKeys;
    private final Reencryption reencryption;
    private final LifecycleProperties properties;

    JobRunner(StoredJobs jobs, StoredEncryptionKeys keys, EventSourcedEncryptionKeys records, KmsProviders providers,
            DataKeys dataKeys, Reencryption reencryption, LifecycleProperties properties) {
        this.jobs = jobs;
        this.keys = keys;
        this.records = records;
        this.providers = providers;
        this.dataKeys = dataKeys;
        this.reencryption = reencryption;
        this.properties = properties;
    }

    /** Runs a job to its end, or until KMS fails it: then it is tried again after a pause that grows. */
    void run(Job job) {
        try {
            switch (job.kind()) {
                case REWRAP -> rewrap(job, requireNonNull(job.key()));
                case REENCRYPT -> reencrypt(job);
                case DESTROY_KEYS -> destroyKeys(job);
            }
        } catch (KmsException e) {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(job.attempts(), MAX_DOUBLINGS));
            boolean _ = jobs.failed(job, e.kind() + ": " + e.getMessage(), pause);
        }
    }

    private void rewrap(Job job, AssignedKey key) {
        String version = job.rotates() ? rotate(job, key) : job.version();
        long done = job.done();
        long total = keys.dataKeys(job.organization());
        List<UUID> left = pass(job, key, version, BEGINNING);
        while (!left.isEmpty()) {
            UUID last = BEGINNING;
            KmsException failure = null;
            for (UUID dataKey : left) {
                try {
                    done += dataKeys.rewrap(job.organization(), dataKey, key) ? 1 : 0;
                } catch (KmsException e) {
                    failure = e;
                }
                last = dataKey;
            }
            note(job, total, done, last);
            if (failure != null) {
                throw failure;
            }
            left = pass(job, key, version, last);
        }
        mustBeNoneLeft(job, key, version);
        records.record(job.caller(), new RecordRewrapping(id(job), key.provider(), key.keyName(), version, done),
                () -> jobs.finish(job));
    }

    /** The version is noted before it is made the primary one, so that none is added twice while it is generated. */
    private String rotate(Job job, AssignedKey key) {
        Kms kms = providers.named(key.provider());
        String version = job.version();
        if (version == null) {
            version = kms.addVersion(key.keyName());
            jobs.versionAdded(job, version);
        }
        kms.makePrimary(key.keyName(), version);
        records.record(job.caller(), new RecordKeyRotation(id(job), key.provider(), key.keyName(), version),
                () -> jobs.rotated(job));
        return version;
    }

    /** A new primary version may take a while to be it everywhere (cloud.google.com/kms/docs/consistency). */
    private void mustBeNoneLeft(Job job, AssignedKey key, @Nullable String version) {
        if (!pass(job, key, version, BEGINNING).isEmpty()) {
            throw new KmsUnreachable(KmsUnreachable.Reason.UNAVAILABLE,
                    "The key management service does not wrap with the version that is asked for yet");
        }
    }

    private List<UUID> pass(Job job, AssignedKey key, @Nullable String version, UUID after) {
        return keys.notWrappedBy(job.organization(), key, version, after, properties.batch());
    }

    private void reencrypt(Job job) {
        OrganizationId organization = job.organization();
        UUID dataKey = job.dataKey() == null ? newDataKey(job) : job.dataKey();
        long total = job.done() + reencryption.remaining(organization, dataKey);
        AtomicLong done = new AtomicLong(job.done());
        UUID cursor = job.cursor();
        boolean wholePass = cursor == null;
        int sealedInPass = 0;
        while (true) {
            Reencryption.Batch batch = reencryption.next(organization, dataKey, cursor, properties.batch(),
                    row -> jobs.progress(job, total, done.incrementAndGet(), row, properties.lease()));
            sealedInPass += batch.sealed();
            cursor = batch.last();
            note(job, total, done.get(), cursor);
            if (cursor == null && wholePass && sealedInPass == 0) {
                break;
            }
            if (cursor == null) {
                wholePass = true;
                sealedInPass = 0;
            }
        }
        records.record(job.caller(), new RecordReencryption(id(job), dataKey, done.get(),
                reencryption.remaining(organization, dataKey)), () -> jobs.finish(job));
    }

    /** Noted together with the key itself: a job that is cut off makes no second one. */
    private UUID newDataKey(Job job) {
        UUID dataKey = dataKeys.rotate(job.caller(), made -> jobs.dataKeyMade(job, made));
        jobs.dataKeyMade(job, dataKey); // also if it is one that somebody else made meanwhile
        return dataKey;
    }

    /** Lets go of the job if this node is being stopped. */
    private void note(Job job, long total, long done, @Nullable UUID cursor) {
        jobs.progress(job, total, done, cursor, properties.lease());
        if (Thread.currentThread().isInterrupted()) {
            throw new StoredJobs.LeaseLost();
        }
    }

    private void destroyKeys(Job job) {
        List<StoredEncryptionKeys.Row> all = keys.toDestroy(job.organization());
        for (long done = job.done(); done < all.size(); done++) {
            AssignedKey key = all.get(Math.toIntExact(done)).key();
            List<DestroyedVersion> versions = providers.named(key.provider()).scheduleDestruction(key.keyName())
                    .stream().map(JobRunner::destroyed).toList();
            long next = done + 1;
            records.record(job.caller(), new RecordKeyDestruction(id(job), key.provider(), key.keyName(), versions),
                    () -> jobs.progress(job, all.size(), next, null, properties.lease()));
        }
        jobs.finish(job);
    }

    private static DestroyedVersion destroyed(KeyVersion version) {
        return new DestroyedVersion(version.id(), version.state().name().toLowerCase(Locale.ROOT),
                version.destroyedAt());
    }

    private static EncryptionKeyId id(Job job) {
        return new EncryptionKeyId(job.organization());
    }
}
