package build.leash.secrets.kms.gcp;

import build.leash.secrets.api.RemoteSigningKey;
import build.leash.secrets.api.RemoteSigningKeys;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import org.jspecify.annotations.Nullable;

/** Keys that sign in Cloud KMS. Opens its connection with the first request. */
final class CloudSigningKeys implements RemoteSigningKeys, AutoCloseable {

    private final GcpProperties properties;
    private final KeyGuards guards;
    private @Nullable KeyManagementServiceClient client;

    CloudSigningKeys(GcpProperties properties) {
        this.properties = properties;
        this.guards = new KeyGuards(properties);
    }

    @Override
    public RemoteSigningKey inCloudKms(String keyVersion) {
        if (!GcpKeyName.isVersion(keyVersion)) {
            throw new IllegalArgumentException("A version of a key has the form"
                    + " projects/…/locations/…/keyRings/…/cryptoKeys/…/cryptoKeyVersions/…");
        }
        return new CloudSigningKey(this::client, guards, keyVersion);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    private synchronized KeyManagementServiceClient client() {
        KeyManagementServiceClient open = client;
        if (open == null) {
            open = KmsConnection.open(properties);
            client = open;
        }
        return open;
    }
}
