/**
 * The RFC 6962 Merkle tree over the event log: hashes, proofs, signed checkpoints, and the processor that seals events
 * into it. What a verifier needs of it works without a database.
 */
@NullMarked
package build.leash.app.audit.ledger;

import org.jspecify.annotations.NullMarked;
