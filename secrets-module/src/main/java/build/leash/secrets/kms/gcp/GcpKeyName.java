package build.leash.secrets.kms.gcp;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.KmsRefused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resource names (cloud.google.com/kms/docs/getting-resource-ids): a key's, and of its versions, whose last segment is
 * what {@code key_version} keeps.
 */
final class GcpKeyName {

    private static final String SEGMENT = "[A-Za-z0-9_.:-]{1,100}";
    private static final Pattern KEY_RING = Pattern
            .compile("projects/" + SEGMENT + "/locations/" + SEGMENT + "/keyRings/" + SEGMENT);
    private static final Pattern KEY = Pattern.compile(KEY_RING + "/cryptoKeys/" + SEGMENT);
    private static final String VERSIONS = "/cryptoKeyVersions/";
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,10}");

    private GcpKeyName() {}

    static boolean isKeyRing(String name) {
        return KEY_RING.matcher(name).matches();
    }

    static boolean isVersion(String name) {
        int end = name.lastIndexOf(VERSIONS);
        return end > 0 && KEY.matcher(name.substring(0, end)).matches()
                && VERSION.matcher(name.substring(end + VERSIONS.length())).matches();
    }

    /** The id, within its ring, of the key that is made for an organization. */
    static String idFor(OrganizationId organization) {
        return "org-" + organization;
    }

    static String inRing(String keyRing, OrganizationId organization) {
        return keyRing + "/cryptoKeys/" + idFor(organization);
    }

    /** @throws KmsRefused {@link KmsRefused.Reason#UNSUITABLE} if this is no key's full name */
    static void mustBeKey(String name) {
        if (!KEY.matcher(name).matches()) {
            throw new KmsRefused(KmsRefused.Reason.UNSUITABLE, "A key's full name has the form"
                    + " projects/…/locations/…/keyRings/…/cryptoKeys/…");
        }
    }

    /** @throws KmsRefused {@link KmsRefused.Reason#NOT_FOUND} if no version can have this id */
    static String version(String keyName, String version) {
        if (!VERSION.matcher(version).matches()) {
            throw new KmsRefused(KmsRefused.Reason.NOT_FOUND, "There is no such version of " + keyName);
        }
        return keyName + VERSIONS + version;
    }

    /** The version's id, or an empty string if this is not the name of a version of the key. */
    static String versionOf(String keyName, String versionName) {
        Matcher id = VERSION.matcher(versionName);
        int start = keyName.length() + VERSIONS.length();
        boolean ofKey = versionName.startsWith(keyName + VERSIONS) && id.region(start, versionName.length()).matches();
        return ofKey ? versionName.substring(start) : "";
    }
}
