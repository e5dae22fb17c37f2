package build.leash.secrets.env;

import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What an external source answered. Does not print itself.
 *
 * @param askedAt when the question began: the values are not older than that
 * @param keys for which it was asked
 * @param values of those that it holds
 */
record Answer(Instant askedAt, Set<EnvKey> keys, Map<EnvKey, PlainSecret> values) {

    @Override
    public String toString() {
        return "Answer" + values.keySet();
    }
}
