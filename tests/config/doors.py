"""Who may go through which address: one row for each route of the site.

A row lists what each of the cast meets, in this order: nobody signed in, mallory (learns for
another exam), carol (learns for this one; attempt, enrolment, export and import are hers), bob
(edits this exam), alice (owns it; the import of questions is hers), sam (an instructor who works
on no exam).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Actor(StrEnum):
    NOBODY = "nobody"
    MALLORY = "mallory"
    CAROL = "carol"
    BOB = "bob"
    ALICE = "alice"
    SAM = "sam"


class Outcome(StrEnum):
    """What somebody meets behind an address."""

    OK = "ok"  # 2xx
    GONE_ON = "gone_on"  # a redirect to another page
    LOGIN = "login"  # a redirect to the sign-in page, or 401
    HIDDEN = "hidden"  # 404, or the authoring pages' way of saying so
    FORBIDDEN = "forbidden"  # 403
    METHOD = "method"  # 405
    INVALID = "invalid"  # 400: allowed, but what was sent makes no sense
    CONFLICT = "conflict"  # 409: allowed, but not now


Row = dict[Actor, Outcome]


def row(words: str) -> Row:
    """A row written as six words, in the order of the cast."""
    return dict(zip(Actor, map(Outcome, words.split()), strict=True))


EVERYBODY = row("ok ok ok ok ok ok")
SIGNED_IN = row("login ok ok ok ok ok")
MEMBERS = row("login hidden ok ok ok hidden")
EDITORS = row("login hidden hidden ok ok hidden")
CAROL = row("login hidden ok hidden hidden hidden")
CAROL_GOES_ON = row("login hidden gone_on hidden hidden hidden")
ALICE = row("login hidden hidden hidden ok hidden")
ALICE_GOES_ON = row("login hidden hidden hidden gone_on hidden")
MEMBERS_GO_ON = row("login hidden gone_on gone_on gone_on hidden")
EDITORS_GO_ON = row("login hidden hidden gone_on gone_on hidden")
STRANGERS = row("ok gone_on gone_on gone_on gone_on gone_on")
NOT_BY_GET = row("method method method method method method")
AUTHORS = row("login login login ok ok ok")
AUTHORS_HERE = row("login login login ok ok hidden")
NO_AUTHOR = row("login login login forbidden forbidden forbidden")
NO_AUTHOR_HERE = row("login login login forbidden forbidden hidden")


@dataclass(frozen=True)
class Door:
    """An address, with names of the world in braces, and who meets what by which method.

    `data` is sent with everything but GET, as a form or, below /api/, as JSON.
    """

    address: str
    rows: dict[str, Row]
    data: dict[str, Any] = field(default_factory=dict)


def page(address: str, rows: Row) -> Door:
    return Door(address, {"GET": rows})


def button(address: str, rows: Row, **data: Any) -> Door:
    """Something that is done by POST and by no link."""
    return Door(address, {"GET": NOT_BY_GET, "POST": rows}, data)


def call(address: str, rows: Row, **data: Any) -> Door:
    """Something a program does by POST; the API asks who it is before anything else."""
    return Door(address, {"GET": NOT_BY_GET | {Actor.NOBODY: Outcome.LOGIN}, "POST": rows}, data)


PAGES = {
    "healthz": page("/healthz", EVERYBODY),
    "home": page("/", STRANGERS),
    "service_worker": page("/sw.js", EVERYBODY),
    "offline": page("/offline/", EVERYBODY),
    "demo": button("/demo/", row("hidden hidden hidden hidden hidden hidden")),
    "today": page("/today/", SIGNED_IN),
    "stats": page("/stats/", SIGNED_IN),
    "item_analysis": page("/exams/{exam.code}/items/", EDITORS),
    "item_analysis_csv": page("/exams/{exam.code}/items.csv", EDITORS),
    "item_statistics": page("/exams/{exam.code}/items/{question.pk}/", EDITORS),
    "exams": Door("/exams/", {"GET": SIGNED_IN, "POST": SIGNED_IN}),
    "exam": Door("/exams/{exam.code}/", {"GET": MEMBERS}),
    "join_exam": button("/exams/{exam.code}/join/", MEMBERS_GO_ON),
    "study": page("/exams/{exam.code}/study/", row("login hidden ok gone_on gone_on hidden")),
    "study_more": button("/exams/{exam.code}/study/more/", CAROL_GOES_ON),
    "add_minutes": button("/exams/{exam.code}/study/minutes/", CAROL_GOES_ON),
    "plan": page("/exams/{exam.code}/plan/", CAROL),
    "adopt_plan": button("/exams/{exam.code}/plan/adopt/", CAROL_GOES_ON),
    "left_out": page("/exams/{exam.code}/plan/left-out/", CAROL_GOES_ON),
    "after_exam": button("/exams/{exam.code}/after/", CAROL_GOES_ON),
    "upload": Door("/exams/{exam.code}/notes/add/", {"GET": MEMBERS, "POST": MEMBERS}),
    "export": page("/exams/{exam.code}/export/", MEMBERS),
    "export_preview": page("/exports/{export.pk}/", CAROL_GOES_ON),
    "export_download": page("/exports/{export.pk}/download/", CAROL_GOES_ON),
    "import": page("/exams/{exam.code}/import/", MEMBERS),
    "resume_prompts": button("/exams/{exam.code}/import/resume/", CAROL_GOES_ON),
    "import_run": page("/imports/{deck.pk}/", CAROL),
    "apply_import": button("/imports/{deck.pk}/apply/", CAROL_GOES_ON),
    "suggestions": page("/exams/{exam.code}/suggestions/", MEMBERS),
    "questions_exchange": page("/exams/{exam.code}/questions/exchange/", EDITORS),
    "question_faults": page("/exams/{exam.code}/questions/faults/", EDITORS),
    "questions_file": page("/exams/{exam.code}/questions/file/gift/", EDITORS),
    "question_import": page("/question-imports/{questions.pk}/", ALICE),
    "apply_question_import": button("/question-imports/{questions.pk}/apply/", ALICE_GOES_ON),
    "run": page("/runs/{run.pk}/", EDITORS),
    "retry_run": button("/runs/{run.pk}/retry/", EDITORS_GO_ON),
    "apply_run": button("/runs/{run.pk}/apply/", EDITORS_GO_ON),
    "more_of_run": button("/runs/{run.pk}/more/", EDITORS_GO_ON),
    "keep_drafts": button("/runs/{run.pk}/keep/", EDITORS_GO_ON),
    "discard_drafts": button("/runs/{run.pk}/discard/", EDITORS_GO_ON),
    "cards": page("/exams/{exam.code}/cards/", MEMBERS),
    "act_on_cards": button(
        "/exams/{exam.code}/cards/act/", MEMBERS_GO_ON, act="suspend", card="{published.pk}"
    ),
    "card": Door(
        "/cards/{published.pk}/",
        {"GET": MEMBERS, "POST": row("login hidden forbidden ok ok hidden")},
    ),
    "new_card": Door("/notes/{note.pk}/cards/new/?first=1", {"GET": MEMBERS, "POST": MEMBERS}),
    "triage": page("/exams/{exam.code}/triage/", MEMBERS),
    "disputes": page("/exams/{exam.code}/disputes/", MEMBERS),
    "settle_dispute": button("/disputes/{dispute.pk}/settle/", EDITORS_GO_ON),
    "settle_report": button("/reports/{report.pk}/settle/", EDITORS_GO_ON),
    "settle_flag": button("/flags/{flag.pk}/settle/", EDITORS_GO_ON),
    "accept_suggestion": button("/suggestions/{suggestion.pk}/accept/", EDITORS_GO_ON),
    "decline_suggestion": button("/suggestions/{suggestion.pk}/decline/", EDITORS_GO_ON),
    "keep_card": button("/cards/{card.pk}/keep/", EDITORS_GO_ON),
    "discard_card": button("/cards/{card.pk}/discard/", EDITORS_GO_ON),
    "keep_question": button("/questions/{question.pk}/keep/", EDITORS_GO_ON),
    "discard_question": button("/questions/{question.pk}/discard/", EDITORS_GO_ON),
    "note": page("/notes/{note.pk}/", MEMBERS),
    "time": Door("/time/", {"GET": SIGNED_IN, "POST": SIGNED_IN}),
    "set_date": button("/time/dates/", SIGNED_IN),
    "forget_date": button(
        "/time/dates/forget/", row("login gone_on gone_on gone_on gone_on gone_on")
    ),
    "settings": Door("/settings/", {"GET": SIGNED_IN, "POST": SIGNED_IN}),
    "keys": Door(
        "/settings/keys/",
        {"GET": SIGNED_IN, "POST": row("login gone_on gone_on gone_on gone_on gone_on")},
    ),
    "make_token": button("/settings/token/", row("login gone_on gone_on gone_on gone_on gone_on")),
    "delete_token": button(
        "/settings/token/delete/", row("login gone_on gone_on gone_on gone_on gone_on")
    ),
    "download_data": page("/settings/data/", SIGNED_IN),
    "close_account": Door("/settings/close/", {"GET": SIGNED_IN, "POST": SIGNED_IN}),
    "closed": page("/closed/", EVERYBODY),
    "quizzes": page("/exams/{exam.code}/quizzes/", MEMBERS),
    "start_attempt": button("/exams/{exam.code}/quizzes/start/", MEMBERS_GO_ON, kind="quick"),
    "attempt": page("/attempts/{attempt.pk}/", CAROL),
    "attempt_results": page("/attempts/{attempt.pk}/results/", CAROL_GOES_ON),
    "study_question": button("/attempts/{attempt.pk}/items/1/card/", CAROL_GOES_ON),
    "report_fault": Door(
        "/attempts/{attempt.pk}/items/1/fault/", {"GET": CAROL_GOES_ON, "POST": CAROL_GOES_ON}
    ),
}

NOT_THERE = row("login hidden hidden hidden hidden hidden")
SENT_ON = row("login gone_on gone_on gone_on gone_on gone_on")
ACCOUNTS = {
    "mfa_index": page("/accounts/two-steps/", SIGNED_IN),
    "mfa_authenticate": page("/accounts/two-steps/authenticate/", SENT_ON),
    "mfa_reauthenticate": page("/accounts/two-steps/reauthenticate/", SENT_ON),
    "mfa_activate_totp": page("/accounts/two-steps/totp/activate/", SENT_ON),
    "mfa_deactivate_totp": page("/accounts/two-steps/totp/deactivate/", NOT_THERE),
    "mfa_view_recovery_codes": page("/accounts/two-steps/recovery-codes/", NOT_THERE),
    "mfa_generate_recovery_codes": page("/accounts/two-steps/recovery-codes/generate/", SENT_ON),
    "mfa_download_recovery_codes": page("/accounts/two-steps/recovery-codes/download/", NOT_THERE),
    "mfa_list_webauthn": page("/accounts/two-steps/webauthn/", SIGNED_IN),
    "mfa_add_webauthn": page("/accounts/two-steps/webauthn/add/", SENT_ON),
    "mfa_reauthenticate_webauthn": page("/accounts/two-steps/webauthn/reauthenticate/", SENT_ON),
    "mfa_edit_webauthn": page("/accounts/two-steps/webauthn/keys/1/edit/", SENT_ON),
    "mfa_remove_webauthn": page("/accounts/two-steps/webauthn/keys/1/remove/", SENT_ON),
    "usersessions_list": page("/accounts/sessions/", SIGNED_IN),
    "account_login": page("/accounts/login/", STRANGERS),
    "account_logout": page("/accounts/logout/", row("gone_on ok ok ok ok ok")),
    "account_inactive": page("/accounts/inactive/", EVERYBODY),
    "account_signup": page("/accounts/signup/", STRANGERS),
    "account_reauthenticate": page("/accounts/reauthenticate/", SIGNED_IN),
    "account_email": page("/accounts/email/", SIGNED_IN),
    "account_email_verification_sent": page("/accounts/confirm-email/", EVERYBODY),
    "account_confirm_email": page("/accounts/confirm-email/none/", EVERYBODY),
    "account_change_password": page("/accounts/password/change/", SIGNED_IN),
    "account_set_password": page(
        "/accounts/password/set/", row("login gone_on gone_on gone_on gone_on gone_on")
    ),
    "account_reset_password": page("/accounts/password/reset/", EVERYBODY),
    "account_reset_password_done": page("/accounts/password/reset/done/", EVERYBODY),
    "account_reset_password_from_key": page("/accounts/password/reset/key/1-none/", EVERYBODY),
    "account_reset_password_from_key_done": page("/accounts/password/reset/key/done/", EVERYBODY),
    "account_confirm_login_code": page(
        "/accounts/login/code/confirm/", row("login gone_on gone_on gone_on gone_on gone_on")
    ),
}

API = {
    "api:schema": page("/api/v1/schema/", EVERYBODY),
    "api:docs": page("/api/v1/docs/", EVERYBODY),
    "api:me": Door("/api/v1/me/", {"GET": SIGNED_IN, "PATCH": SIGNED_IN}, {"name": "X"}),
    "api:token": button(
        "/api/v1/token/", EVERYBODY, email="carol@example.org", password="password"
    ),
    "api:exam-list": page("/api/v1/exams/", SIGNED_IN),
    "api:exam-detail": page("/api/v1/exams/{exam.code}/", MEMBERS),
    "api:topic-list": page("/api/v1/topics/", SIGNED_IN),
    "api:topic-detail": page("/api/v1/topics/{topic.pk}/", MEMBERS),
    "api:note-list": page("/api/v1/notes/", SIGNED_IN),
    "api:note-detail": page("/api/v1/notes/{note.pk}/", MEMBERS),
    "api:note-lines": page("/api/v1/notes/{note.pk}/lines/", MEMBERS),
    "api:my-data": page("/api/v1/me/data/", SIGNED_IN),
    "api:card-list": Door(
        "/api/v1/cards/",
        {"GET": SIGNED_IN, "POST": row("login invalid ok ok ok invalid")},
        {"topic": "{topic.pk}", "kind": "basic", "front": "Mine?", "back": "Yes"},
    ),
    "api:card-detail": Door(
        "/api/v1/cards/{published.pk}/",
        {"GET": MEMBERS, "PATCH": row("login hidden forbidden ok ok hidden")},
        {"front": "Other words?"},
    ),
    "api:card-suggest": call(
        "/api/v1/cards/{published.pk}/suggest/",
        row("login hidden ok ok ok hidden"),
        front="Other words?",
    ),
    "api:card-flag": call(
        "/api/v1/cards/{published.pk}/flag/", row("login hidden ok ok ok hidden"), reason="wrong"
    ),
    "api:card-publish": call(
        "/api/v1/cards/{published.pk}/publish/", row("login hidden forbidden ok ok hidden")
    ),
    "api:card-retire": call(
        "/api/v1/cards/{published.pk}/retire/", row("login hidden forbidden ok ok hidden")
    ),
    "api:card-reopen": call(
        "/api/v1/cards/{published.pk}/reopen/", row("login hidden forbidden ok ok hidden")
    ),
    "api:card-alike": page(
        "/api/v1/cards/{published.pk}/alike/", row("login hidden forbidden ok ok hidden")
    ),
    "api:card-merge": call(
        "/api/v1/cards/{card.pk}/merge/",
        row("login hidden hidden ok ok hidden"),
        into="{published.pk}",
    ),
    "api:card-separate": call(
        "/api/v1/cards/{card.pk}/separate/",
        row("login hidden hidden ok ok hidden"),
        into="{published.pk}",
        passages=[],
    ),
    "api:image": page("/api/v1/images/{image.pk}/", MEMBERS),
    "api:question-list": page("/api/v1/questions/", SIGNED_IN),
    "api:question-detail": Door(
        "/api/v1/questions/{question.pk}/",
        {"GET": EDITORS, "PATCH": EDITORS},
        {"stem": "Other words?"},
    ),
    "api:question-publish": call("/api/v1/questions/{question.pk}/publish/", EDITORS),
    "api:question-retire": call("/api/v1/questions/{question.pk}/retire/", EDITORS),
    "api:question-reopen": call("/api/v1/questions/{question.pk}/reopen/", EDITORS),
    "api:dispute-list": page("/api/v1/disputes/", SIGNED_IN),
    "api:dispute-detail": page("/api/v1/disputes/{dispute.pk}/", EDITORS),
    "api:dispute-settle": call("/api/v1/disputes/{dispute.pk}/settle/", EDITORS),
    "api:ingest-run-list": Door(
        "/api/v1/ingest-runs/",
        {"GET": SIGNED_IN, "POST": row("login invalid forbidden ok ok invalid")},
        {"exam": "{exam.code}", "name": "new.txt", "text": "Cells are small.", "personal": False},
    ),
    "api:ingest-run-detail": page("/api/v1/ingest-runs/{run.pk}/", EDITORS),
    "api:ingest-run-apply": call(
        "/api/v1/ingest-runs/{run.pk}/apply/", row("login hidden hidden conflict conflict hidden")
    ),
    "api:ingest-run-more": call(
        "/api/v1/ingest-runs/{run.pk}/more/", row("login hidden hidden conflict conflict hidden")
    ),
    "api:reviews": call("/api/v1/reviews/", row("login ok ok ok ok ok"), user="{me.pk}", events=[]),
    "api:enrolment-list": Door(
        "/api/v1/enrolments/",
        {"GET": SIGNED_IN, "POST": row("login invalid ok ok ok invalid")},
        {"exam": "{exam.code}"},
    ),
    "api:enrolment-detail": Door(
        "/api/v1/enrolments/{enrolment.pk}/",
        {"GET": CAROL, "PATCH": CAROL},
        {"minutes_per_day": 30},
    ),
    "api:enrolment-more": call("/api/v1/enrolments/{enrolment.pk}/more/", CAROL, prompts=10),
    "api:enrolment-queue": page("/api/v1/enrolments/{enrolment.pk}/queue/", CAROL),
    "api:enrolment-plan": page("/api/v1/enrolments/{enrolment.pk}/plan/", CAROL),
    "api:enrolment-minutes": call("/api/v1/enrolments/{enrolment.pk}/minutes/", CAROL, minutes=5),
    "api:enrolment-outlook": page(
        "/api/v1/enrolments/{enrolment.pk}/outlook/",
        row("login hidden conflict hidden hidden hidden"),
    ),
    "api:enrolment-what-if": page(
        "/api/v1/enrolments/{enrolment.pk}/what-if/?exam_date=2099-01-01", CAROL
    ),
    "api:enrolment-given-up": page(
        "/api/v1/enrolments/{enrolment.pk}/given-up/",
        row("login hidden conflict hidden hidden hidden"),
    ),
    "api:enrolment-leeches": page("/api/v1/enrolments/{enrolment.pk}/leeches/", CAROL),
    "api:enrolment-load": page("/api/v1/enrolments/{enrolment.pk}/load/", CAROL),
    **{
        f"api:enrolment-{name}": page(f"/api/v1/enrolments/{{enrolment.pk}}/{name}/", CAROL)
        for name in ("readiness", "mastery", "retention", "due", "activity")
    },
    "api:exam-item-analysis": page("/api/v1/exams/{exam.code}/item-analysis/", EDITORS),
    "api:availability": Door(
        "/api/v1/availability/", {"GET": SIGNED_IN, "PUT": SIGNED_IN}, {"week": [20] * 7}
    ),
    "api:day-minutes": Door(
        "/api/v1/availability/days/2099-01-01/",
        {"PUT": SIGNED_IN, "DELETE": SIGNED_IN},
        {"minutes": 0},
    ),
    "api:attempt-list": Door(
        "/api/v1/attempts/",
        {"GET": SIGNED_IN, "POST": MEMBERS},
        {"exam": "{exam.code}", "kind": "quick"},
    ),
    "api:attempt-detail": page("/api/v1/attempts/{attempt.pk}/", CAROL),
    "api:attempt-answers": call("/api/v1/attempts/{attempt.pk}/answers/", CAROL, events=[]),
    "api:attempt-check": call(
        "/api/v1/attempts/{attempt.pk}/check/",
        row("login hidden conflict hidden hidden hidden"),
        index=1,
    ),
    "api:attempt-results": page(
        "/api/v1/attempts/{attempt.pk}/results/",
        row("login hidden conflict hidden hidden hidden"),
    ),
    "api:attempt-submit": call("/api/v1/attempts/{attempt.pk}/submit/", CAROL),
    "api:import-list": Door(
        "/api/v1/imports/",
        {"GET": SIGNED_IN, "POST": row("login invalid invalid invalid invalid invalid")},
    ),
    "api:import-detail": page("/api/v1/imports/{deck.pk}/", CAROL),
    "api:import-apply": call(
        "/api/v1/imports/{deck.pk}/apply/", row("login hidden conflict hidden hidden hidden")
    ),
    "api:question-file": page("/api/v1/question-files/{exam.code}/xml/", EDITORS),
    "api:question-import-list": Door(
        "/api/v1/question-imports/",
        {"GET": SIGNED_IN, "POST": row("login invalid invalid invalid invalid invalid")},
    ),
    "api:question-import-detail": page("/api/v1/question-imports/{questions.pk}/", ALICE),
    "api:question-import-rows": page("/api/v1/question-imports/{questions.pk}/rows/", ALICE),
    "api:question-import-apply": call(
        "/api/v1/question-imports/{questions.pk}/apply/",
        row("login hidden hidden hidden conflict hidden"),
    ),
    "api:export-list": Door(
        "/api/v1/exports/",
        {"GET": SIGNED_IN, "POST": row("login invalid ok ok ok invalid")},
        {"exam": "{exam.code}", "with_progress": False},
    ),
    "api:export-detail": page("/api/v1/exports/{export.pk}/", CAROL),
    "api:export-changes": page("/api/v1/exports/{export.pk}/changes/", CAROL),
    "api:export-download": page(
        "/api/v1/exports/{export.pk}/download/",
        row("login hidden conflict hidden hidden hidden"),
    ),
}


def authoring(
    model: str, key: str, *, add: Row, change: Row, history: Row | None = None
) -> dict[str, Door]:
    """The authoring pages of one model; `key` names a row of the exam in the world."""
    app, name = model.split(".")
    base = f"/admin/{app}/{name}/"
    one = f"{base}{{{key}.pk}}/"
    listed = AUTHORS if change != NO_AUTHOR else NO_AUTHOR
    return {
        f"admin:{app}_{name}_changelist": page(base, listed),
        f"admin:{app}_{name}_add": page(f"{base}add/", add),
        f"admin:{app}_{name}_change": page(f"{one}change/", change),
        f"admin:{app}_{name}_history": page(f"{one}history/", history or change),
        f"admin:{app}_{name}_delete": page(f"{one}delete/", NO_AUTHOR),
        f"admin/{app}/{name}/<path:object_id>/": page(
            one, row("login login login gone_on gone_on gone_on")
        ),
    }


def written(model: str, key: str) -> dict[str, Door]:
    """A model that instructors write: everything but deleting."""
    return authoring(model, key, add=AUTHORS, change=AUTHORS_HERE)


def looked_at(model: str, key: str) -> dict[str, Door]:
    """A model that instructors only look at or file: rows come about elsewhere."""
    return authoring(model, key, add=NO_AUTHOR, change=AUTHORS_HERE)


def kept_away(model: str, key: str, history: Row | None = None) -> dict[str, Door]:
    """A model for administrators alone."""
    return authoring(model, key, add=NO_AUTHOR, change=NO_AUTHOR, history=history)


def beside_items(name: str, key: str) -> dict[str, Door]:
    one = f"/admin/bank/{name}/{{{key}.pk}}/"
    return {
        f"admin:bank_{name}_preview": page(f"{one}preview/", AUTHORS_HERE),
        f"admin:bank_{name}_restore": Door(
            f"{one}versions/1/restore/",
            {
                "GET": row("login login login method method method"),
                "POST": row("login login login gone_on gone_on hidden"),
            },
        ),
    }


AUTHORING = {
    "admin:index": page("/admin/", AUTHORS),
    "admin:login": page("/admin/login/", row("login forbidden forbidden gone_on gone_on gone_on")),
    "admin:logout": Door(
        "/admin/logout/",
        {
            "GET": row("gone_on gone_on gone_on method method method"),
            "POST": row("gone_on gone_on gone_on gone_on gone_on gone_on"),
        },
    ),
    "admin:password_change": page("/admin/password_change/", AUTHORS),
    "admin:password_change_done": page("/admin/password_change/done/", AUTHORS),
    "admin:autocomplete": page(
        "/admin/autocomplete/?app_label=bank&model_name=card&field_name=topic", AUTHORS
    ),
    "admin:jsi18n": page("/admin/jsi18n/", AUTHORS),
    "admin:view_on_site": page("/admin/r/1/1/", row("login login login hidden hidden hidden")),
    "admin:app_list": page("/admin/bank/", AUTHORS),
    "admin/(?P<url>.*)$": page(
        "/admin/nothing/here/", row("login login login hidden hidden hidden")
    ),
    "admin:auth_user_password_change": page("/admin/accounts/user/{carol.pk}/password/", NO_AUTHOR),
    **written("courses.exam", "exam"),
    **written("courses.topic", "topic"),
    **written("bank.card", "card"),
    **beside_items("card", "card"),
    **written("bank.question", "question"),
    **beside_items("question", "question"),
    "admin:bank_question_lint": Door(
        "/admin/bank/question/lint/",
        {"GET": row("login login login method method method"), "POST": AUTHORS},
        {"kind": "single"},
    ),
    **written("quizzes.blueprint", "blueprint"),
    **written("quizzes.case", "case"),
    **written("quizzes.extratime", "extra_time"),
    **written("quizzes.ruling", "ruling"),
    **looked_at("quizzes.report", "report"),
    **looked_at("notes.note", "note"),
    **looked_at("ingest.ingestrun", "run"),
    **looked_at("quizzes.attempt", "attempt"),
    **kept_away("study.enrolment", "enrolment", history=NO_AUTHOR_HERE),
    **kept_away("accounts.user", "carol"),
    **kept_away("auth.group", "group"),
    **kept_away("account.emailaddress", "address"),
}

DOORS = {**PAGES, **ACCOUNTS, **API, **AUTHORING}
