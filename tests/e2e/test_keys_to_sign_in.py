"""A security key as the second step of signing in, with an authenticator that Chromium plays."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.test_accessibility import assert_usable
from tests.running import Quickstart

PASSWORD = "a quiet photosynthetic leaf"
KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(open_browser: Callable[..., Page], site: Quickstart) -> Page:
    """A browser at the site's name: keys belong to names, never to an IP address."""
    return open_browser(base_url=f"http://localhost:{site.port}")


def plug_in(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})[
        "authenticatorId"
    ]


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill("keys@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()


def test_a_key_is_the_second_step_until_it_is_removed(person: Page) -> None:
    session, key = plug_in(person)
    person.goto("/accounts/signup/")
    person.get_by_label("Email").fill("keys@example.org")
    for field in ("Password", "Password (again)"):
        person.get_by_label(field, exact=True).fill(PASSWORD)
    person.get_by_role("button", name="Sign up").click()
    expect(person).to_have_url(re.compile("/today/"))

    person.goto("/accounts/two-steps/")
    person.get_by_role("link", name="Add a key").click()
    expect(person.get_by_role("heading", name="Is it you?")).to_be_visible()
    person.get_by_label("Password").fill(PASSWORD)
    person.get_by_role("main").get_by_role("button").click()
    expect(person.get_by_role("heading", name="Add a key")).to_be_visible()
    assert_usable(person)
    person.get_by_label("Name").fill("The blue one")
    person.get_by_role("button", name="Add the key").click()
    expect(person.get_by_role("heading", name="Recovery codes")).to_be_visible()
    sign_out(person)

    sign_in(person)
    expect(person.get_by_role("heading", name="The second step")).to_be_visible()
    assert_usable(person)
    held = session.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    session.send("WebAuthn.clearCredentials", {"authenticatorId": key})
    person.get_by_role("button", name="Use your key").click()
    expect(person.get_by_role("alert")).to_contain_text("No key answered")
    person.goto("/today/")
    expect(person.get_by_role("heading", name="The second step")).to_be_visible()
    for credential in held:
        put_back = {"authenticatorId": key, "credential": credential}
        session.send("WebAuthn.addCredential", put_back)
    person.get_by_role("button", name="Use your key").click()
    expect(person).to_have_url(re.compile("/today/"))

    person.goto("/accounts/two-steps/webauthn/")
    expect(person.get_by_text("The blue one", exact=False).first).to_be_visible()
    assert_usable(person)
    person.get_by_role("link", name="Remove…").click()
    person.get_by_role("link", name="Use a security key").click()
    assert_usable(person)
    person.get_by_role("button", name="Use your key").click()
    person.get_by_role("button", name="Remove it").click()
    expect(person.get_by_text("There are none.")).to_be_visible()
    sign_out(person)
    sign_in(person)
    expect(person).to_have_url(re.compile("/today/"))
