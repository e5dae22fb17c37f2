package build.leash.app.support;

/** Looks at every answer that a client gets. */
interface AnswerCheck {

    /** @throws AssertionError if the answer is not one that the API's document promises */
    void check(String method, String path, LeashAnswer answer);
}
