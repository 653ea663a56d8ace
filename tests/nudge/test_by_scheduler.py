"""NUDGE=scheduler through real functions, with Google's part played by a server of the tests'."""

from tests.nudge.google import JOB
from tests.nudge.work import extra_ms, upload
from tests.nudge.workers import dead_worker, mute_worker
from tests.worker.signs import wait_until


def test_the_job_is_run_with_the_functions_own_identity(start, google):
    upload(start("upload", **google.env))
    google.wait_for_runs(1)

    (run,) = google.runs
    assert (run.path, run.body) == (f"/v1/{JOB}:run", b"{}")
    assert run.authorization == "Bearer token-1"


def test_the_token_and_the_connection_are_kept(start, google):
    function = start("upload", **google.env)
    for number in range(3):
        upload(function)
        google.wait_for_runs(number + 1)

    assert google.tokens == 1
    assert len({run.client for run in google.runs}) == 1


def test_a_token_is_renewed_before_it_expires(start, google):
    google.lifetime_seconds = 1
    function = start("upload", **google.env)
    for number in range(2):
        upload(function)
        google.wait_for_runs(number + 1)

    assert google.runs[0].authorization != google.runs[1].authorization


def test_a_refusal_is_logged_and_harmless(start, google):
    google.status = 403
    function = start("upload", **google.env)
    upload(function)

    wait_until(lambda: "Cloud Scheduler answered 403" in function.child.log.read_text())
    assert "as the test has it" in function.child.log.read_text()
    assert "token-" not in function.child.log.read_text()


def test_a_lost_connection_is_made_anew(start, google):
    function = start("upload", **google.env)
    google.status = 500
    upload(function)
    wait_until(lambda: "answered 500" in function.child.log.read_text())

    google.status = 200
    upload(function)
    google.wait_for_runs(2)


def test_it_costs_next_to_nothing(start, google):
    assert extra_ms(start("upload", **google.env), start("upload"), allowed=20) <= 20


def test_a_google_that_never_answers_costs_next_to_nothing(start, google):
    with mute_worker() as api:
        nudging = start("upload", **(google.env | {"NUDGE_SCHEDULER_API": api}))

        assert extra_ms(nudging, start("upload"), allowed=20) <= 20


def test_without_an_identity_it_is_logged_and_harmless(start, google):
    with dead_worker() as nobody:
        address = nobody.removeprefix("http://").strip("/")
        env = google.env | {"GCE_METADATA_HOST": address, "GCE_METADATA_IP": address}
        function = start("upload", **env, GCE_METADATA_DETECT_RETRIES="1")
        upload(function)

        wait_until(lambda: "The worker was not nudged" in function.child.log.read_text())
    assert google.runs == []
