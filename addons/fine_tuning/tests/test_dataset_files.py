# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From two hundred conversations in the ledger to files that keep the rules."""

import hashlib
import json
import random

from odoo.tests import tagged

from . import personal_data
from .common import DatasetCase

COUNT = 200


@tagged("post_install", "-at_install")
class TestDatasetFiles(DatasetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service = cls.env["gpt.service"]
        draw = random.Random(1)
        cls.values, cls.examples = [], cls.env["gpt.example"]
        people = cls.env["res.partner"].create(
            [
                {"name": personal_data.values(number)["NAME"]}
                for number in range(COUNT * 3 // 4)
            ]
        )
        for number in range(COUNT):
            cls._converse(number, people[number % len(people)], draw)

    @classmethod
    def _converse(cls, number, partner, draw):
        """Ask once in a conversation, and have a manager approve an example of it."""
        found = personal_data.values(number) | {"NAME": partner.name}
        cls.values += found.values()
        text = f"{personal_data.sentence(draw)}. {personal_data.text_with(found)}"
        conversation = cls.env["gpt.conversation"].create(
            {"name": f"Chat {number}", "partner_id": partner.id}
        )
        cls.server.answer_with(f"Con gusto. {personal_data.sentence(draw)}.")
        request = cls.service.complete(
            cls.chain, {"text": text}, conversation=conversation
        )
        # With what no masking has seen; see make_example.
        answer = f"{request.answer} Le llamo al {found['PHONE']}, {found['NAME']}."
        cls.examples |= cls.make_example(
            cls,
            text if number % 2 else request.masked_values["text"],
            answer,
            request_id=request.id,
            conversation_id=conversation.id,
            partner_id=partner.id,
            liked="up" if number % 3 else False,
        )
        if number % 20 == 0:  # a near-copy, of nobody
            anonymous = text.replace(found["NAME"], "alguien")
            answer = answer.replace(found["NAME"], "alguien")
            cls.examples |= cls.make_example(cls, f"Hola. {anonymous}", answer)

    def texts(self, content):
        return [
            "\n".join(m["content"] for m in line["messages"] if m["role"] != "system")
            for line in self.lines(content)
        ]

    def test_nothing_personal(self):
        dataset = self.make_dataset()
        files = self.export(dataset)
        self.assertEqual(dataset.state, "done", dataset.problem_ids.mapped("message"))
        self.assertGreater(len(set(self.values)), 9 * COUNT)
        whole = b"".join(files).decode()
        self.assertFalse([value for value in set(self.values) if value in whole])
        self.assertFalse(
            [
                value
                for value in set(self.values)
                if value.casefold() in whole.casefold()
            ]
        )
        for label in personal_data.values(0):
            self.assertIn(f"[[{label}_1]]", whole)

    def test_every_format(self):
        for example in self.examples[::2]:
            example.rejected = "No sé."
        for record in self.env["gpt.dataset.format"].search([]):
            with self.subTest(record.code):
                dataset = self.make_dataset(format=record.code)
                train, valid = self.export(dataset)
                self.assertEqual(dataset.state, "done", dataset.problem)
                self.assertGreater(dataset.train_count, 50)
                self.assertGreater(dataset.valid_count, 10)
                whole = (train + valid).decode("utf-8-sig")
                leaked = [value for value in set(self.values) if value in whole]
                self.assertFalse(leaked)
                self.assertIs(train.startswith(b"\xef\xbb\xbf"), record.byte_order_mark)

    def test_nobody_is_on_both_sides(self):
        dataset = self.make_dataset()
        train, valid = self.export(dataset)
        sides = [set(self.texts(content)) for content in (train, valid)]
        self.assertGreater(len(sides[1]), COUNT / 10)
        self.assertFalse(sides[0] & sides[1])
        by_file = [self._examples_in(content) for content in (train, valid)]
        self.assertEqual(sum(map(len, by_file)), len(dataset.example_ids))
        for name in ("conversation_id", "partner_id"):
            left, right = (set(found.mapped(name).ids) for found in by_file)
            self.assertFalse(left & right, name)
            self.assertTrue(left and right)
        pieces = [[personal_data.pieces(text) for text in side] for side in sides]
        near = [
            (left, right)
            for left in pieces[0]
            for right in pieces[1]
            if personal_data.are_near(left, right)
        ]
        self.assertFalse(near)

    def _examples_in(self, content):
        """Return the examples in a file, found by what the answer begins with."""
        begun = {
            example.messages[-1]["content"].split(".")[1]: example
            for example in self.examples.sorted("id", reverse=True)
        }
        found = self.env["gpt.example"]
        for line in self.lines(content):
            answer = line["messages"][-1]["content"]
            if not line["messages"][-2]["content"].startswith("Hola. "):
                found |= begun[answer.split(".")[1]]
            else:
                key = answer.split(".")[1]
                found |= next(
                    example
                    for example in self.examples
                    if example.messages[-1]["content"].split(".")[1] == key
                    and example.messages[0]["content"].startswith("Hola. ")
                )
        return found

    def test_the_same_seed_gives_the_same_bytes(self):
        first = self.export(self.make_dataset())
        self.assertEqual(self.export(self.make_dataset()), first)
        self.assertNotEqual(self.export(self.make_dataset(seed=9)), first)

    def test_the_same_bytes_on_every_series(self):
        """The digest is of what this test wrote when it was made."""
        chain = self.make_chain("series")
        draw = random.Random(3)
        for number in range(30):
            self.make_example(
                f"{personal_data.sentence(draw)} {personal_data.values(number)['RFC']}",
                personal_data.sentence(draw),
                chain_id=chain.id,
            )
        train, valid = self.export(self.make_dataset(chain_id=chain.id))
        digest = hashlib.sha256(train + b"|" + valid).hexdigest()
        self.assertEqual(digest[:16], "9c250ddcd6e5fa88")

    def test_the_local_server_takes_them(self):
        import openai

        dataset = self.make_dataset()
        train, valid = self.export(dataset)
        with openai.OpenAI(
            base_url=self.server.base_url, api_key="sk-test", max_retries=0
        ) as client:
            ids = [
                client.files.create(file=(name, content), purpose="fine-tune").id
                for name, content in (("train.jsonl", train), ("valid.jsonl", valid))
            ]
            job = client.fine_tuning.jobs.create(
                model="gpt-4o-mini-2024-07-18",
                training_file=ids[0],
                validation_file=ids[1],
                method={"type": "supervised"},
            )
            for _look in range(10):
                job = client.fine_tuning.jobs.retrieve(job.id)
        self.assertEqual(job.status, "succeeded", json.dumps(job.to_dict()))
