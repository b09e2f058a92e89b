# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Examples: what they hold, who decides about them, and how long they are kept."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL

from .test_security import SecurityCase

QUESTION = {"role": "user", "content": "How much is it?"}
ANSWER = {"role": "assistant", "content": "It is 5."}


@tagged("post_install", "-at_install")
class TestExample(SecurityCase):
    def example(self, **values):
        defaults = {"chain_id": self.chain.id, "messages": [QUESTION, ANSWER]}
        return self.env["gpt.example"].create(defaults | values)

    def test_a_new_one_has_no_name_yet(self):
        new = self.env["gpt.example"].new({"chain_id": self.chain.id})
        self.assertFalse(new.display_name)

    def test_what_is_refused(self):
        fields_ = {"role": "assistant", "content": '{"total": 5}'}
        self.example(kind="structured", messages=[QUESTION, fields_])
        self.example(
            kind="preference", messages=[QUESTION], preferred="5", rejected="6"
        )
        for wrong in (
            {"messages": [QUESTION]},
            {"messages": []},
            {"messages": [ANSWER, QUESTION]},
            {"messages": {"role": "user"}},
            {"messages": ["a"]},
            {"messages": [QUESTION, {"role": "tool", "content": "a"}]},
            {"messages": [QUESTION, {"role": "assistant", "content": 5}]},
            {"kind": "structured"},
            {"kind": "structured", "messages": [QUESTION, ANSWER | {"content": "[]"}]},
            {"kind": "preference", "preferred": "5", "rejected": "6"},
            {"kind": "preference", "messages": [QUESTION], "preferred": "5"},
            {
                "kind": "preference",
                "messages": [QUESTION],
                "preferred": " ",
                "rejected": "6",
            },
        ):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                self.example(**wrong)

    def test_what_is_refused_afterwards(self):
        example = self.example()
        for wrong in ([], [QUESTION], False):
            with self.subTest(wrong), self.assertRaises(ValidationError):
                example.messages = wrong
                self.env.flush_all()

    def test_the_form_writes_question_and_answer(self):
        example = self.env["gpt.example"].create(
            {"chain_id": self.chain.id, "question": "How much?", "answer": "5"}
        )
        self.assertEqual(
            example.messages,
            [
                {"role": "user", "content": "How much?"},
                {"role": "assistant", "content": "5"},
            ],
        )
        example.answer = "6"
        self.assertEqual(example.messages[-1]["content"], "6")
        self.assertEqual(example.messages[0]["content"], "How much?")
        self.assertEqual(example.display_name, "How much?")
        example.question = "Now they ask:\n<question>And\nthat?</question>"
        self.assertEqual(example.display_name, "And that?")

    def test_who_decided(self):
        example = self.as_user("manager", self.example())
        self.assertFalse(example.reviewed_by_id)
        example.action_approve()
        self.assertEqual(example.state, "approved")
        self.assertEqual(example.reviewed_by_id, self.users["manager"])
        self.assertTrue(example.reviewed_on)
        self.as_user("system", example).action_reject()
        self.assertEqual(example.reviewed_by_id, self.users["system"])
        example.action_propose()
        self.assertEqual(example.state, "proposed")
        self.assertFalse(example.reviewed_by_id)

    def test_who_may_decide(self):
        example = self.example()
        for name in ("public", "portal", "employee", "elsewhere"):
            with self.subTest(name), self.assertRaises(AccessError):
                self.as_user(name, example).action_approve()
        self.assertEqual(example.state, "proposed")
        theirs = self.example(company_id=self.other_company.id)
        with self.assertRaises(AccessError):
            self.as_user("manager", theirs).read(["messages"])

    def test_what_is_proposed_is_never_approved(self):
        example = self.env["gpt.example"]._propose(
            [
                {
                    "chain_id": self.chain.id,
                    "messages": [QUESTION, ANSWER],
                    "state": "approved",
                }
            ]
        )
        self.assertEqual(example.state, "proposed")

    def test_what_nobody_approves_is_deleted_in_time(self):
        proposed, approved = self.example(), self.example(state="approved")
        rejected, new = self.example(state="rejected"), self.example()
        long_ago = fields.Datetime.now() - relativedelta(days=400)
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE gpt_example SET create_date = %s WHERE id IN %s",
                long_ago,
                (proposed + approved + rejected)._ids,
            )
        )
        self.env.invalidate_all()
        self.env["ir.config_parameter"].set_param("gpt_core.retention_days", "90")
        self.env["gpt.request.retention"]._cron_purge()
        left = (proposed + approved + rejected + new).exists()
        self.assertEqual(left, approved + new)

    def test_a_contact_is_erased_with_the_examples(self):
        contact = self.env["res.partner"].create({"name": "Ana"})
        conversation = self.env["gpt.conversation"].create(
            {"name": "Ana", "partner_id": contact.id}
        )
        request = self.env["gpt.request"].create({"partner_id": contact.id})
        own = (
            self.example(partner_id=contact.id, state="approved")
            + self.example(conversation_id=conversation.id)
            + self.example(request_id=request.id)
            + self.example(res_model=contact._name, res_id=contact.id)
        )
        other = self.example()
        self.as_user("manager", contact).action_gpt_erase()
        self.assertFalse(own.exists())
        self.assertTrue(other.exists())

    def test_what_is_typed_is_masked(self):
        contact = self.env["res.partner"].create({"name": "Rosalinda Canul"})
        example = self.env["gpt.example"].create(
            {
                "chain_id": self.chain.id,
                "partner_id": contact.id,
                "question": "I am Rosalinda Canul, ana@example.com, about [[EMAIL_1]]",
                "answer": "Write to luis@example.com",
            }
        )
        self.assertEqual(
            example.question, "I am [[NAME_1]], [[EMAIL_2]], about [[EMAIL_1]]"
        )
        self.assertEqual(example.answer, "Write to [[EMAIL_3]]")
        example.answer = "It is 5. Or ask rosalinda canul, eva@example.com."
        self.assertEqual(example.answer, "It is 5. Or ask [[NAME_2]], [[EMAIL_4]].")
        self.assertEqual(example.messages[-1]["content"], example.answer)
        example.write({"rejected": "ana@example.com", "preferred": "As [[RFC_1]] is"})
        self.assertEqual(example.rejected, "[[EMAIL_5]]")
        self.assertEqual(example.preferred, "As [[RFC_1]] is")

    def test_fields_stay_fields(self):
        said = '{"email": "ana@example.com", "total": 5}'
        example = self.example(
            kind="structured",
            messages=[QUESTION, {"role": "assistant", "content": said}],
        )
        self.assertEqual(example.answer, '{"email": "[[EMAIL_1]]", "total": 5}')

    def test_the_next_one_after_a_decision(self):
        first, second, third = (self.example() for _number in range(3))
        form = second.with_context(gpt_review_next=True)
        self.assertEqual(form.action_approve()["res_id"], first.id)
        form = first.with_context(gpt_review_next=True)
        self.assertEqual(form.action_reject()["res_id"], third.id)
        action = third.with_context(gpt_review_next=True).action_reject()
        self.assertEqual(action["res_model"], "gpt.example")
        self.assertFalse(action.get("res_id"))
        self.assertTrue(action["view_mode"].startswith("kanban"))
        self.assertTrue((first + second).action_propose())
        self.assertIs((first + second).action_approve(), True)

    def test_near_copies_have_the_same_number(self):
        text = "When will the order arrive that I placed on Monday in your shop?"
        said = [{"role": "user", "content": text}, ANSWER]
        shouted = [{"role": "user", "content": text.upper() + "!"}, ANSWER]
        one, other = self.example(messages=said), self.example(messages=shouted)
        alone = self.example(messages=[{"role": "user", "content": "No?"}, ANSWER])
        theirs = self.example(messages=said, company_id=self.other_company.id)
        copies = self.env["gpt.example.copies"]
        copies._group_job(self.chain.id)
        groups = (one + other + alone + theirs).mapped("duplicate_group")
        self.assertEqual(groups, [one.id, one.id, 0, 0])
        found = self.env["gpt.example"].search(one.action_near_copies()["domain"])
        self.assertEqual(found, one + other)
        other.answer = "It leaves the shop tomorrow morning and takes three days."
        copies._group_job(self.chain.id)
        self.assertEqual((one + other).mapped("duplicate_group"), [0, 0])

    def test_each_chain_has_a_job_for_its_near_copies(self):
        self.example()
        jobs = self.env["queue.job"]
        before = jobs.search([])
        self.env["gpt.example.copies"]._cron_group()
        made = jobs.search([("method_name", "=", "_group_job")]) - before
        self.assertEqual(
            sorted(job.args[0] for job in made),
            sorted(self.env["gpt.example"].search([]).chain_id.ids),
        )
