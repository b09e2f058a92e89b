-- A copy of the database for tests does not need the keys of the real stores.
UPDATE gpt_kb_store SET api_key = NULL;
