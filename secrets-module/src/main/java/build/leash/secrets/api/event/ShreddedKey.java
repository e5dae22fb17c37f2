package build.leash.secrets.api.event;

import build.leash.secrets.api.KeyOrigin;

/** A key that an organization had. One that was brought is its owner's to destroy. */
public record ShreddedKey(String provider, String keyName, KeyOrigin origin) {}
