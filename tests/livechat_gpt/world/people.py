# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The employees who may answer visitors: they come, write, fall silent and go."""

from dataclasses import replace

from odoo.addons.livechat_gpt.engine import chat

from .state import WorldState


class People(WorldState):
    """What people do in the chat, and who of them is called."""

    def comes_online(self, name: str) -> None:
        person = self.people[name]
        if not person.is_online:
            person.is_online, person.gave_no_answer = True, False

    def goes_offline(self, name: str) -> None:
        person = self.people[name]
        if person.is_online:
            person.is_online, person.gone_at = False, self.now

    def person_joins(self, name: str) -> None:
        if self.current.state == "closed" or self.people[name].is_in_chat:
            return
        self.comes_online(name)
        self.people[name].is_in_chat = True
        if self.current.state != "human":
            self._note("say", "joined")  # Odoo's own notice
        if not self.operator:
            self.operator = name
        self.feed(chat.PersonJoined())

    def person_writes(self, name: str) -> None:
        if self.current.state == "closed":
            return
        self.person_joins(name)
        self.comes_online(name)
        self.people[name].has_written = True
        self.people[name].gave_no_answer = False
        self._note("person", name)
        if self.current.state != "human":
            self.operator = name
        # Stored as the model computes it: their message answers those before it.
        answered = max(self.current.answered, self.newest)
        self.current = replace(self.current, answered=answered)
        self.feed(chat.PersonWrote())

    def person_takes_over(self, name: str) -> None:
        if self.current.state in ("human", "closed"):
            return
        self.comes_online(name)
        self.operator = name
        self.feed(chat.TakenOver())
        self.people[name].is_in_chat = True

    def person_leaves(self, name: str) -> None:
        person = self.people[name]
        if not person.is_in_chat or self.current.state == "closed":
            return
        person.is_in_chat = False
        others = [other for other in self.people.values() if other.is_in_chat]
        if not others:
            self.feed(chat.PersonLeft())
        elif name == self.operator:
            self.operator = next(n for n, p in self.people.items() if p.is_in_chat)
            if not self.people[self.operator].has_written:
                self.feed(chat.Reassigned())

    def _find(self, purpose: str) -> str:
        """Return who is called next, empty if there is nobody."""
        if purpose == "replace" and self.operator:
            self.people[self.operator].gave_no_answer = True
        online = [name for name, person in self.people.items() if person.is_online]
        fresh = [name for name in online if not self.people[name].gave_no_answer]
        found = [*fresh, *(online if purpose == "call" else [])]
        return found[0] if found else ""

    def _bring_in(self, name: str) -> None:
        self.operator = name
        self.people[name].is_in_chat = True
