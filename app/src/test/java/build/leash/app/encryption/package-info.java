/** The life of keys in the whole application, against an emulator of Cloud KMS behind a real channel. */
@NullMarked
package build.leash.app.encryption;

import org.jspecify.annotations.NullMarked;
