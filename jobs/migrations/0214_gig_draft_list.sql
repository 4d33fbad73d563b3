-- +goose Up
CREATE INDEX gig_draft_list ON jobs.gig (cooperative_id, touched_at DESC, id) WHERE state = 'draft';

-- +goose Down
DROP INDEX jobs.gig_draft_list;
