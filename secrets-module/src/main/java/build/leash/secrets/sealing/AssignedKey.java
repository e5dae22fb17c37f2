package build.leash.secrets.sealing;

/** The KEK under which an organization's data keys are wrapped. */
public record AssignedKey(String provider, String keyName) {}
