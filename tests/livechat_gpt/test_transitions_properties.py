# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whatever happens in whatever order: never two voices, never silence.

The same rules are tried in two ways: by Hypothesis, which shrinks what it finds, and by
plain dice, which get through far more interleavings in the same time.
"""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from odoo.addons.livechat_gpt.engine import chat

from .world import AT_ONCE, DECISIONS, PEOPLE, WISHES, World

RUNS = 6_000
STEPS = 40
NUMBERS = st.integers(0, 5)
PERSON_MOVES = (
    "person_joins", "person_writes", "person_leaves", "person_takes_over",
    "comes_online", "goes_offline",
)  # fmt: skip


class Chat(RuleBasedStateMachine):
    """Hypothesis plays visitor, workers, operators and clock."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()

    @rule()
    def visitor_writes(self) -> None:
        if self.world.current.state != "closed":
            self.world.visitor_writes()

    @rule(wish=st.sampled_from(AT_ONCE), asks=st.booleans())
    def visitor_asks_at_once(self, wish: chat.Wish, asks: bool) -> None:
        if self.world.current.state != "closed":
            self.world.visitor_asks_at_once(wish, asks)

    @rule(is_here=st.booleans())
    def visitor_is_here(self, is_here: bool) -> None:
        self.world.is_visitor_here = is_here

    @rule()
    def post_begins(self) -> None:
        self.world.post_begins()

    @rule()
    def post_ends(self) -> None:
        self.world.post_ends()

    @rule(number=NUMBERS, wish=st.sampled_from(WISHES), asks=st.booleans())
    def job_starts(self, number: int, wish: chat.Wish, asks: bool) -> None:
        self.world.job_starts(number, wish, asks)

    @rule(number=NUMBERS, decision=st.sampled_from(DECISIONS))
    def job_ends(self, number: int, decision: chat.ModelDecision) -> None:
        self.world.job_ends(number, decision)

    @rule(number=NUMBERS, decision=st.sampled_from(DECISIONS))
    def job_ends_twice(self, number: int, decision: chat.ModelDecision) -> None:
        self.world.job_ends_twice(number, decision)

    @rule(number=NUMBERS)
    def job_is_killed(self, number: int) -> None:
        self.world.job_is_killed(number)

    @rule(number=NUMBERS)
    def job_is_lost(self, number: int) -> None:
        self.world.job_is_lost(number)

    @rule()
    def catches_up(self) -> None:
        self.world.catches_up()

    @rule(number=NUMBERS, seconds=st.sampled_from((5, 90)))
    def job_is_delayed(self, number: int, seconds: int) -> None:
        self.world.job_is_delayed(number, seconds)

    @rule(deletes=st.booleans())
    def visitor_thinks_better_of_it(self, deletes: bool) -> None:
        if deletes:
            self.world.visitor_deletes()
        else:
            self.world.visitor_edits()

    @rule(name=st.sampled_from(PEOPLE), move=st.sampled_from(PERSON_MOVES))
    def person(self, name: str, move: str) -> None:
        getattr(self.world, move)(name)

    @rule()
    def given_back(self) -> None:
        self.world.happens(chat.GivenBack())

    @rule(seconds=st.sampled_from((5, 35, 65, 130, 300)))
    def time_passes(self, seconds: int) -> None:
        self.world.passes(seconds)

    @rule()
    def rests(self) -> None:
        self.world.settle()
        self.world.check_at_rest()

    @invariant()
    def asked_once(self) -> None:
        self.world.check_contact()
        self.world.check_calls()

    def teardown(self) -> None:
        self.rests()
        self.world.check_in_the_end()


TestChat = Chat.TestCase
TestChat.settings = settings(
    max_examples=150, stateful_step_count=STEPS, deadline=None, derandomize=True
)


Move = Callable[[World, random.Random], None]


def _visitor(world: World, _dice: random.Random) -> None:
    if world.current.state != "closed":
        world.visitor_writes()


def _start(world: World, dice: random.Random) -> None:
    usual = dice.random() < 0.7
    wish = "answer" if usual else dice.choice(WISHES)
    world.job_starts(dice.randrange(6), wish, dice.random() < 0.3)


def _at_once(world: World, dice: random.Random) -> None:
    if world.current.state != "closed":
        world.visitor_asks_at_once(dice.choice(AT_ONCE), dice.random() < 0.3)


def _visitor_comes_or_goes(world: World, dice: random.Random) -> None:
    world.is_visitor_here = dice.random() < 0.5


def _person(world: World, dice: random.Random) -> None:
    getattr(world, dice.choice(PERSON_MOVES))(dice.choice(PEOPLE))


def _presence(world: World, dice: random.Random) -> None:
    coming = dice.random() < 0.6
    name = dice.choice(PEOPLE)
    (world.comes_online if coming else world.goes_offline)(name)


def _time(world: World, dice: random.Random) -> None:
    world.passes(dice.choice((1, 5, 20, 35, 65, 130, 300)))


def _second_thoughts(world: World, dice: random.Random) -> None:
    (world.visitor_edits if dice.random() < 0.6 else world.visitor_deletes)()


MOVES: list[Move] = [
    *[_visitor] * 4,
    lambda world, _dice: world.post_begins(),
    *[lambda world, _dice: world.post_ends()] * 2,
    *[_start] * 4,
    *[lambda w, dice: w.job_ends(dice.randrange(6), dice.choice(DECISIONS))] * 3,
    lambda w, dice: w.job_ends_twice(dice.randrange(6), dice.choice(DECISIONS)),
    lambda world, dice: world.job_is_killed(dice.randrange(6)),
    lambda world, dice: world.job_is_lost(dice.randrange(6)),
    lambda world, _dice: world.catches_up(),
    lambda w, dice: w.job_is_delayed(dice.randrange(6), dice.choice((5, 90))),
    lambda world, _dice: world.happens(chat.GivenBack()),
    *[_presence] * 2,
    *[_person] * 2,
    *[_time] * 3,
    _second_thoughts,
    _at_once,
    _visitor_comes_or_goes,
]


def run(seed: int, step=chat.transition) -> World:
    dice = random.Random(seed)
    world = World(available=dice.random() < 0.5, step=step)
    for _number in range(dice.randrange(STEPS)):
        dice.choice(MOVES)(world, dice)
        world.check_contact()
        world.check_calls()
        if dice.random() < 0.05:
            world.settle()
            world.check_at_rest()
    if dice.random() < 0.1:
        world.closes()
    if dice.random() < 0.5:
        world.settle()
        world.check_at_rest()
    world.check_in_the_end()
    world.check_contact()
    world.check_calls()
    return world


def test_thousands_of_interleavings() -> None:
    said: dict[str, int] = {}
    for seed in range(RUNS):
        for kind, what in run(seed).log:
            name = str(what) if kind == "say" else kind
            said[name] = said.get(name, 0) + 1
    # The dice have seen everything that there is to say.
    expected = {"answer", "person", "visitor", "joined", *_texts()}
    assert expected <= said.keys(), expected - said.keys()


def _texts() -> tuple[str, ...]:
    return chat.Text.__args__


# The checks themselves: each rule of the engine that is broken must be noticed.


def _without_epoch(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    if isinstance(event, chat.ModelDecided):
        event = replace(event, epoch=current.epoch)
    return chat.transition(current, event)


def _without_answered(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    after, effects = chat.transition(replace(current, answered=0), event)
    return replace(after, answered=max(after.answered, current.answered)), effects


def _without_transition(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    after, effects = chat.transition(current, event)
    if isinstance(event, chat.PersonCalled):
        effects = tuple(e for e in effects if not isinstance(e, chat.Say))
    return after, effects


def _forgetful(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    after, effects = chat.transition(current, event)
    return replace(after, contact=""), effects


def _patient_with_people(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    """Nothing tends a chat that a person has."""
    if isinstance(event, chat.Tick) and not chat.is_with_assistant(current):
        return current, ()
    return chat.transition(current, event)


def _blind(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    """It is not seen that a person is offline."""
    if isinstance(event, chat.Tick):
        event = replace(event, offline=0)
    return chat.transition(current, event)


def _patient_with_models(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    if isinstance(event, chat.Tick) and chat.is_with_assistant(current):
        return current, ()
    return chat.transition(current, event)


def _stubborn(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    """A late answer is posted although a person has come."""
    after, effects = chat.transition(current, event)
    if isinstance(event, chat.PersonJoined | chat.PersonWrote | chat.TakenOver):
        after = replace(after, late=current.late)
    if isinstance(event, chat.ModelDecided) and current.late == event.message:
        return after, (chat.PostAnswer(),)
    return after, effects


def _twice(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    """It is not noted that the late answer was posted."""
    after, effects = chat.transition(current, event)
    if isinstance(event, chat.ModelDecided):
        after = replace(after, late=current.late)
    return after, effects


def _ever_calling(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    return chat.transition(replace(current, calls=0), event)


def _blind_to_visitors(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    """A person is called for a visitor who has gone."""
    if isinstance(event, chat.PersonAvailable):
        event = chat.PersonAvailable()
    return chat.transition(current, event)


def _thankful(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    """Who leaves a contact and asks something is only thanked."""
    after, effects = chat.transition(current, event)
    if isinstance(event, chat.AnswerDue) and chat.Say("thanks") in effects:
        answered = replace(after, answered=event.message)
        return answered, (chat.TakeContact(), chat.Say("thanks"))
    return after, effects


def _deaf(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    """What the visitor has deleted is answered."""
    if isinstance(event, chat.ModelDecided) and event.asked == "deleted":
        after, effects = chat.transition(current, replace(event, asked="same"))
        return after, effects
    return chat.transition(current, event)


def _talkative(current: chat.ChatState, event: chat.Event) -> chat.Transition:
    if isinstance(event, chat.ModelDecided) and current.state == "human":
        return current, (chat.PostAnswer(),)
    return chat.transition(current, event)


@pytest.mark.parametrize(
    "broken",
    [
        _without_epoch,
        _without_answered,
        _without_transition,
        _forgetful,
        _patient_with_people,
        _blind,
        _patient_with_models,
        _stubborn,
        _twice,
        _ever_calling,
        _deaf,
        _blind_to_visitors,
        _thankful,
        _talkative,
    ],
)
def test_a_broken_rule_is_noticed(broken) -> None:
    with pytest.raises(AssertionError):
        for seed in range(RUNS):
            run(seed, broken)
