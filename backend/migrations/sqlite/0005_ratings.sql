-- How the user rated the call: 1 to 5, and Twilio's word for what was wrong; NULL where nobody has.
ALTER TABLE calls ADD COLUMN score BIGINT;
ALTER TABLE calls ADD COLUMN issue TEXT;
