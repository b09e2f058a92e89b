-- A copy of the database for tests must not write into the stores of the real one.
UPDATE gpt_kb_store SET location = NULL;
