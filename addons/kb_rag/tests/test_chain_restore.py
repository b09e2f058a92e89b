# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..engine.settings import KnowledgeSettings
from .common import KbCase


@tagged("post_install", "-at_install")
class TestChainRestore(KbCase):
    """A chain that looks in some collections only does so after Restore, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policies = cls.make_collection("Policies")
        cls.manuals = cls.make_collection("Manuals")
        cls.chain = cls.make_chain("confined", publish=False)

    def restore(self):
        """Publish the chain, take all that it says of documents away, and restore."""
        self.chain.action_publish()
        version = self.chain.published_version_id
        self.chain.write({"collection_ids": False, "restrict_to_sources": False})
        self.chain.step_ids.collection_ids = False
        self.assertEqual(self.chain.state, "changed")
        version.action_restore()
        self.assertEqual(self.chain.state, "published")
        self.assertEqual(self.chain._snapshot(), version.snapshot)

    def test_of_a_step(self):
        self.chain.step_ids.collection_ids = self.policies
        self.chain.collection_ids = self.manuals
        self.restore()
        self.assertEqual(self.chain.step_ids.collection_ids, self.policies)
        self.assertEqual(self.chain.collection_ids, self.manuals)

    def test_of_the_chain(self):
        """The steps go on following the chain."""
        self.chain.collection_ids = self.manuals
        self.chain.restrict_to_sources = True
        self.restore()
        self.assertFalse(self.chain.step_ids.collection_ids)
        self.assertEqual(self.chain.collection_ids, self.manuals)
        self.assertTrue(self.chain.restrict_to_sources)

    def test_of_none(self):
        self.chain.step_ids.user_prompt = "{text}!"
        self.chain.action_publish()
        version = self.chain.published_version_id
        self.chain.step_ids.collection_ids = self.policies
        self.chain.restrict_to_sources = True
        version.action_restore()
        self.assertFalse(self.chain.step_ids.collection_ids)
        self.assertFalse(self.chain.restrict_to_sources)

    def test_of_one_that_is_gone(self):
        """It never looks everywhere instead."""
        self.chain.step_ids.collection_ids = self.policies + self.manuals
        self.chain.action_publish()
        version = self.chain.published_version_id
        self.policies.unlink()
        version.action_restore()
        self.assertEqual(self.chain.step_ids.collection_ids, self.manuals)
        self.manuals.unlink()
        with self.assertRaisesRegex(UserError, "all deleted"):
            version.action_restore()

    def test_what_an_older_version_means(self):
        """One that was made before this addon came is as by default."""
        version = self.chain._spec_of({"code": "old", "steps": [{"name": "a"}]})
        defaults = self.chain._setting_defaults()
        for name, value in KnowledgeSettings.of(version):
            self.assertEqual(value or None, defaults[name] or None, name)
