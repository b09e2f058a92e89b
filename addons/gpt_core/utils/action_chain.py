# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which GPT actions led to what is being written now, so that it comes to an end."""

from dataclasses import dataclass

# The context key under which answers are written. Who calls from outside can set it,
# but cannot make one of the objects that it has to hold.
KEY = "gpt_action_chain"
# As many actions may set each other off, one after the other.
MAX_ACTIONS = 3


@dataclass(frozen=True)
class ActionChain:
    """Ids of the server actions whose answers led here, the first one first."""

    action_ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, env):
        """Return the one that ``env`` carries, an empty one where nobody's is."""
        found = env.context.get(KEY)
        return found if isinstance(found, cls) else cls()

    def with_action(self, action_id):
        """Return this chain, and one action more."""
        return ActionChain((*self.action_ids, action_id))

    def admits(self, action_id):
        """Tell whether an action may ask now: none does because of itself."""
        return action_id not in self.action_ids and len(self.action_ids) < MAX_ACTIONS
