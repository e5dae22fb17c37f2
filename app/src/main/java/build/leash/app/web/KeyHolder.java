package build.leash.app.web;

import build.leash.access.api.AppKey;
import build.leash.access.api.Caller;

/** Whoever presented an API key, on the paths that take keys of both kinds. */
public sealed interface KeyHolder {

    /** An app, with its own key. */
    record App(AppKey key, String requestId) implements KeyHolder {}

    /** Automation, with a management key. */
    record Automation(Caller caller) implements KeyHolder {}
}
