# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sequences that once went wrong, or easily might."""

from odoo.addons.livechat_gpt.engine import chat

from .world import EVENTS, World


def test_an_answer_begun_before_a_take_over_and_back_again() -> None:
    world = World()
    world.visitor_writes()
    world.job_starts(0)
    world.happens(chat.TakenOver())
    world.happens(chat.GivenBack())
    world.job_ends(0, chat.ModelDecision())
    assert ("answer", 1) not in world.log
    assert world.catch_ups, "and what the visitor wrote is not forgotten"
    world.settle()
    assert ("answer", 1) in world.log


def test_a_post_that_saw_a_persons_turn_and_came_after_it() -> None:
    world = World()
    world.happens(chat.PersonWrote())
    world.post_begins()  # it leaves no job
    world.happens(chat.GivenBack())
    world.post_ends()
    assert not world.jobs
    world.settle()
    world.check_at_rest()
    assert ("answer", 1) in world.log


def test_what_a_person_has_answered_is_not_answered_again() -> None:
    world = World()
    world.happens(chat.TakenOver())
    world.visitor_writes()
    world.happens(chat.PersonWrote())
    world.happens(chat.GivenBack())
    world.settle()
    assert ("answer", 1) not in world.log


def test_only_the_job_of_the_newest_message_asks() -> None:
    """An older one would ask, and pay, for a decision that is dropped anyway."""
    before = chat.ChatState()
    assert chat.transition(before, chat.AnswerDue(1, newest=2)) == (before, ())
    assert chat.transition(before, chat.AnswerDue(1, newest=2, wish="person")) == (
        before,
        (),
    )
    assert chat.transition(before, chat.AnswerDue(2, newest=2)) == (
        before,
        (chat.AskModel(),),
    )


def test_a_person_who_says_nothing_is_not_called_for_ever() -> None:
    world = World(available=True)
    world.visitor_writes()
    world.job_starts(0, "person")
    assert world.current.called
    world.passes(60 * 60)
    assert [what for kind, what in world.log if kind == "say"] == [
        "calling", "calling_next", "calling_next", "busy",
    ]  # fmt: skip


def test_the_contact_is_asked_once_whatever_goes_wrong() -> None:
    world = World()
    for wish in ("person", "repeated", "limit"):
        world.visitor_writes()
        world.job_starts(0, wish)
    world.visitor_writes()
    world.job_starts(0)
    world.job_ends(0, chat.ModelDecision("handoff", "error"))
    world.check_contact()
    assert [what for kind, what in world.log if kind == "say"] == [
        "nobody", "noted", "noted", "failed_noted",
    ]  # fmt: skip


def test_a_burst_gets_one_answer() -> None:
    world = World()
    for _message in range(3):
        world.visitor_writes()
    for _job in range(3):
        world.job_starts(0)
    world.settle()
    assert [entry for entry in world.log if entry[0] == "answer"] == [("answer", 3)]


def test_a_visitor_who_never_stops() -> None:
    world = World()
    for _message in range(chat.MAX_DROPPED_ANSWERS + 1):
        world.visitor_writes()
        world.job_starts(-1)  # that of the newest message
        world.visitor_writes()
        world.job_ends(0, chat.ModelDecision())
    answered = [entry for entry in world.log if entry[0] == "answer"]
    assert len(answered) == 1


def test_a_person_is_called_once_for_two_jobs() -> None:
    world = World(available=True)
    world.visitor_writes()
    world.job_starts(0)
    world.visitor_writes()
    world.job_starts(0, "person")
    world.job_ends(0, chat.ModelDecision("handoff", "model"))
    assert [what for kind, what in world.log if kind == "say"] == ["calling"]


def test_a_closed_chat_is_closed() -> None:
    world = World()
    world.visitor_writes()
    world.job_starts(0)
    jobs = list(world.jobs)
    world.closes()
    world.jobs = jobs
    world.job_ends(0, chat.ModelDecision())
    for event in (*EVENTS, chat.ChatClosed()):
        world.feed(event)  # which checks that nothing changes
    assert world.current.state == "closed"
    assert ("answer", 1) not in world.log
