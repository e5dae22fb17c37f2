package build.leash.access.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyRequestTest {

    private static final DisplayName NAME = DisplayName.of("CI");

    @Test
    void anAppKeyNamesEachSlugOnceInOrder() {
        assertThat(limitedTo(List.of(Slug.of("b"), Slug.of("a"), Slug.of("b"))).slugs())
                .containsExactly(Slug.of("a"), Slug.of("b"));
    }

    @Test
    void anAppKeyMayBeLimitedToAHundredSlugs() {
        assertThat(limitedTo(slugs(ApiKeyRequest.MAX_SLUGS)).slugs()).hasSize(ApiKeyRequest.MAX_SLUGS);
        assertRefused(() -> limitedTo(slugs(ApiKeyRequest.MAX_SLUGS + 1)), "A limited key names 1 to 100 slugs.");
    }

    @Test
    void anAppKeyLimitedToNothingIsRefused() {
        assertRefused(() -> limitedTo(List.of()), "A limited key names 1 to 100 slugs.");
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void onlyAManagementKeyHasARole(Role role) {
        assertThat(request(ApiKeyKind.MANAGEMENT, role, null).role()).isEqualTo(role);
        assertRefused(() -> request(ApiKeyKind.APP, role, null), "Only a management key has a role.");
    }

    @Test
    void aManagementKeyHasARoleAndNoSlugs() {
        assertRefused(() -> request(ApiKeyKind.MANAGEMENT, null, null), "A management key has a role.");
        assertRefused(() -> request(ApiKeyKind.MANAGEMENT, Role.OWNER, slugs(1)),
                "Only an app key can be limited to slugs.");
    }

    @Test
    void expiresInAYearThatRfc3339AndTheDatabaseCanWrite() {
        assertThat(expiring("9999-12-31T23:59:59.999999999Z").expiresAt())
                .as("not rounded up by the database").isEqualTo("9999-12-31T23:59:59.999999Z");
        assertRefused(() -> expiring("+10000-01-01T00:00:00Z"),
                "An expiry is before the year 10000; leave it out for a key that does not expire.");
        assertRefused(() -> expiring("+1000000000-12-31T23:59:59.999999999Z"),
                "An expiry is before the year 10000; leave it out for a key that does not expire.");
    }

    @Test
    void aLimitedAppKeyMayAskForItsSlugsOnly() {
        AppKey limited = new AppKey(ApiKeyId.random(), OrganizationId.random(), Set.of("intercom"), AppName.DEFAULT);
        assertThatCode(() -> limited.mustBeAllowedToAskFor("intercom")).doesNotThrowAnyException();
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> limited.mustBeAllowedToAskFor("linear"))
                .satisfies(rejected -> assertThat(rejected.rejection()).isEqualTo(AccessRejection.NOT_ALLOWED))
                .withMessageNotContaining("linear");
    }

    @Test
    void anUnlimitedAppKeyMayAskForAny() {
        AppKey unlimited = new AppKey(ApiKeyId.random(), OrganizationId.random(), null, AppName.DEFAULT);
        assertThatCode(() -> unlimited.mustBeAllowedToAskFor("linear")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(ApiKeyKind.class)
    void aKindIsReadByTheNameItIsWrittenWith(ApiKeyKind kind) {
        assertThat(ApiKeyKind.of(kind.toString())).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "APP", "live", "admin"})
    void refusesAnotherKind(String name) {
        assertRefused(() -> ApiKeyKind.of(name), "A kind of API key is one of app, management.");
    }

    private static List<Slug> slugs(int count) {
        return IntStream.range(0, count).mapToObj(i -> Slug.of("s" + i)).toList();
    }

    private static ApiKeyRequest limitedTo(List<Slug> slugs) {
        return request(ApiKeyKind.APP, null, slugs);
    }

    private static ApiKeyRequest expiring(String when) {
        return new ApiKeyRequest(ApiKeyKind.APP, NAME, null, null, Instant.parse(when));
    }

    private static ApiKeyRequest request(ApiKeyKind kind, @Nullable Role role, @Nullable List<Slug> slugs) {
        return new ApiKeyRequest(kind, NAME, role, slugs, null);
    }

    private static void assertRefused(Runnable construction, String message) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(construction::run).withMessage(message);
    }
}
