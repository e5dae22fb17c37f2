/**
 * An emulator of Cloud KMS for tests, on Google's own generated gRPC service: symmetric keys with versions, real
 * encryption, CRC32C both ways, and every way to fail that the real one has. In memory, on a loopback address only.
 */
@NullMarked
package build.leash.secrets.kms.emulator;

import org.jspecify.annotations.NullMarked;
