package build.leash.secrets.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AesGcmTest {

    private static final byte[] AAD = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    private static final String NONCE = "cafebabefacedbaddecaf888";

    private final AesGcm cipher = AesGcm.with(
            hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));

    /** Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B. */
    @Test
    void opensWhatTheSpecificationSealed() throws GeneralSecurityException {
        byte[] sealed = hex(NONCE + "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662" + "76fc6ece0f4e1768cddf8853bb2d551b");
        assertThat(cipher.decrypt(sealed, AAD)).isEqualTo(hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303"
                + "d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"));
    }

    @Test
    void neverSealsTheSameTwice() throws GeneralSecurityException {
        byte[] plaintext = "a secret".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = cipher.encrypt(plaintext, AAD);
        assertThat(sealed).hasSize(12 + plaintext.length + 16).isNotEqualTo(cipher.encrypt(plaintext, AAD));
        assertThat(cipher.decrypt(sealed, AAD)).isEqualTo(plaintext);
    }

    @Test
    void opensNothingThatWasTouched() {
        byte[] sealed = cipher.encrypt("a secret".getBytes(StandardCharsets.UTF_8), AAD);
        for (int i = 0; i < sealed.length; i++) {
            byte[] touched = sealed.clone();
            touched[i] ^= 1;
            assertThatThrownBy(() -> cipher.decrypt(touched, AAD)).isInstanceOf(GeneralSecurityException.class);
        }
        assertThatThrownBy(() -> cipher.decrypt(sealed, new byte[0])).isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 27})
    void opensNothingTooShort(int length) {
        assertThatThrownBy(() -> cipher.decrypt(new byte[length], AAD)).isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33})
    void takesNoKeyOfAnotherLength(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> AesGcm.with(new byte[length]));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
