"""An author's forms show what the chosen kind uses, and nothing else."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.steps import sign_in
from tests.running import Quickstart

INSTRUCTOR = "instructor@example.org"


def test_a_card_form_follows_the_kind(page: Page, site: Quickstart) -> None:
    sign_in(page, site, INSTRUCTOR, "/admin/bank/card/add/")
    expect(page.get_by_label("Back")).to_be_visible()
    expect(page.get_by_label("Items:")).to_be_hidden()
    page.get_by_label("Kind").select_option(label="Steps in order")
    expect(page.get_by_label("Back")).to_be_hidden()
    expect(page.get_by_label("Items:")).to_be_visible()


def test_a_question_form_follows_the_kind(page: Page, site: Quickstart) -> None:
    sign_in(page, site, INSTRUCTOR, "/admin/bank/question/add/")
    accepted, kind = page.get_by_label("Accepted answers"), page.get_by_label("Kind")
    choices = page.locator("#choices-group")
    right = choices.get_by_role("columnheader", name="Is correct")
    expect(accepted).to_be_hidden()
    expect(right).to_be_visible()
    kind.select_option(label="Typed answer")
    expect(accepted).to_be_visible()
    expect(choices).to_be_hidden()
    kind.select_option(label="Terms to match with meanings")
    expect(accepted).to_be_hidden()
    expect(right).to_be_hidden()
    page.get_by_role("link", name="Add another Choice").or_(
        page.get_by_role("button", name="Add another Choice")
    ).click()
    expect(page.locator("#id_choices-1-text")).to_be_visible()
    expect(page.locator("#id_choices-1-is_correct")).to_be_hidden()


def test_faults_of_a_question_show_while_it_is_written(page: Page, site: Quickstart) -> None:
    sign_in(page, site, INSTRUCTOR, "/admin/bank/question/add/")
    lint = page.locator(".authoring-lint")
    stem = page.get_by_label("Stem")
    stem.fill("Which organ pumps")
    expect(lint.get_by_text("Doubt: the stem ends openly")).to_be_visible()
    stem.fill("Which organ pumps blood?")
    expect(lint.get_by_text("Doubt: the stem ends openly")).to_have_count(0)
    expect(lint.get_by_text(re.compile("at least 3 choices are needed"))).to_be_visible()
    page.get_by_label("Explanation").fill("It is a muscle.")
    expect(lint.get_by_text("Doubt: nothing explains the answer")).to_have_count(0)
