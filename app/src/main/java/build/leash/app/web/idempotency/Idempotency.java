package build.leash.app.web.idempotency;

import build.leash.access.api.Caller;
import build.leash.access.api.Rejected;
import build.leash.access.api.Writes;
import build.leash.app.web.error.ErrorCode;
import build.leash.secrets.api.Sealer;
import build.leash.secrets.api.Vault;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives a request its first answer again for 24 hours. The request, what it changes and its answer are one transaction:
 * after a crash at any point either all of it is there or nothing. A request that fails changed nothing, so its answer
 * is not kept and the key can be used again.
 */
@Component
class Idempotency {

    private final StoredAnswers answers;
    private final Vault vault;
    private final Writes writes;

    Idempotency(StoredAnswers answers, Vault vault, Writes writes) {
        this.answers = answers;
        this.vault = vault;
        this.writes = writes;
    }

    /**
     * The first answer to the request under this key, which is the answer to this one if it is the first.
     *
     * @param sealed whether the answer is kept sealed, as all are that may hold a secret
     * @param request answers it, or throws {@link Failed} if it is not to be kept
     * @throws Rejected {@link ErrorCode#IDEMPOTENCY_CONFLICT} if the key was used for another request
     */
    Answer firstAnswer(Caller caller, String key, String fingerprint, boolean sealed, Supplier<Answer> request) {
        IdempotencyKey idempotencyKey = IdempotencyKey.of(caller, key);
        Sealer sealer = sealed ? vault.sealerFor(caller.organization()) : null;
        return writes.inTransaction(() -> {
            if (answers.claim(idempotencyKey)) {
                Answer answer = request.get();
                keep(idempotencyKey, answer, sealer);
                return answer;
            }
            return answers.find(idempotencyKey).filter(answer -> answer.fingerprint().equals(fingerprint))
                    .orElseThrow(() -> new Rejected(ErrorCode.IDEMPOTENCY_CONFLICT,
                            "The Idempotency-Key was used for a different request."));
        });
    }

    private void keep(IdempotencyKey key, Answer answer, @Nullable Sealer sealer) {
        if (sealer == null) {
            answers.keepInTheOpen(key, answer);
        } else {
            answers.keep(key, answer, sealer);
        }
    }

    /** The request failed, and its answer is written already. Rolls everything back. */
    static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failed() {
            super("The request failed", null, false, false);
        }
    }
}
