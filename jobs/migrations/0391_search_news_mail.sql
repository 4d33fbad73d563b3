-- +goose Up
ALTER TABLE jobs.search_news
    ADD COLUMN mail_gigs uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN looked_at timestamptz,
    ADD COLUMN later uuid[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT search_news_mail_gigs_whole CHECK (mail_day IS NOT NULL OR mail_gigs = '{}'),
    ADD CONSTRAINT search_news_mail_gigs_bounded CHECK (cardinality(mail_gigs) <= 200),
    ADD CONSTRAINT search_news_later_whole CHECK (looked_at IS NOT NULL OR later = '{}'),
    ADD CONSTRAINT search_news_later_bounded CHECK (cardinality(later) <= 500);
COMMENT ON COLUMN jobs.search_news.mail_gigs IS 'The gigs of the mail of mail_day, the soonest first: who tries it again tells the same.';
COMMENT ON COLUMN jobs.search_news.looked_at IS 'Gigs that were posted a day before this moment or longer ago are not looked at again, unless they are in later.';
COMMENT ON COLUMN jobs.search_news.later IS 'Gigs that could not be told when they were looked at: they were full, or paused, or there were too many.';
CREATE INDEX gig_posted ON jobs.gig (cooperative_id, posted_at) WHERE state IN ('open', 'paused');

-- +goose Down
DROP INDEX jobs.gig_posted;
ALTER TABLE jobs.search_news DROP COLUMN mail_gigs, DROP COLUMN looked_at, DROP COLUMN later;
