package build.leash.secrets.api;

import build.leash.access.api.ApiKeyId;
import java.time.Instant;

/** When an app last read a key, and with which API key. */
public record LastRead(ApiKeyId apiKey, Instant readAt) {}
