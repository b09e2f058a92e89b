-- A copy of the database for tests must not spend money.
UPDATE gpt_provider SET api_key = NULL;
