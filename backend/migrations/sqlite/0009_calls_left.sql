-- When the softphone that had a call said that it has it no more. The end that Twilio reports may never come.
ALTER TABLE calls ADD COLUMN left_at INTEGER;
