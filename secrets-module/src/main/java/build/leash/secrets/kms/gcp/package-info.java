/** Google Cloud KMS, by its own gRPC client. */
@NullMarked
package build.leash.secrets.kms.gcp;

import org.jspecify.annotations.NullMarked;
