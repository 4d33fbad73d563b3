-- Questions twice a year, all but a few answered; unsafe work that was looked at.
-- What was written is sealed: here are bytes that no key opens.
INSERT INTO coaching.question (id, cooperative_id, member_id, coach_id, page, text, state, asked_at, answer_before, answered_at, answered_by, answer)
SELECT gen_random_uuid(), coop, id, coach, '/home', decode(repeat('5a', 90), 'hex'), 'answered', at, at + interval '1 day', at + interval '5 hours', coach, decode(repeat('5a', 90), 'hex')
FROM (SELECT house.*, worker.*, now - interval '1 day' * (k * 180 + 5 + n % 170) AS at FROM house, worker, generate_series(0, blocks / 7) k) q ORDER BY at;

INSERT INTO coaching.question (id, cooperative_id, member_id, coach_id, page, text, state, asked_at, answer_before, passed_on_at)
SELECT gen_random_uuid(), coop, id, coach, '/home', decode(repeat('5a', 90), 'hex'), 'asked', now - interval '2 days', now - interval '1 day', CASE WHEN n % 100 = 7 THEN now - interval '1 day' END
FROM house, worker WHERE n % 50 = 7;

INSERT INTO coaching.report (id, cooperative_id, member_id, ref, kind, text, state, reported_at, look_before, taken_at, taken_by, closed_at, closed_by, done)
SELECT gen_random_uuid(), coop, member, id, 'tools', decode(repeat('5a', 90), 'hex'), 'closed', ends, ends + interval '1 day', ends + interval '2 hours', coach,
    ends + interval '3 days', coach, decode(repeat('5a', 90), 'hex')
FROM house, engagement WHERE luck BETWEEN 0.5 AND 0.503 AND state IN ('billed', 'paid');

INSERT INTO coaching.report (id, cooperative_id, member_id, ref, kind, text, state, reported_at, look_before)
SELECT gen_random_uuid(), coop, member, id, 'place', decode(repeat('5a', 90), 'hex'), 'reported', now - interval '1 hour', now + interval '1 day'
FROM house, engagement WHERE state = 'finished' ORDER BY id LIMIT 3;

-- Work that waits for a day to come, as it does for each shift, and the last that
-- was done.
INSERT INTO tasks.task (id, cooperative_id, kind, payload, lane, key, state, created_at, due_at)
SELECT gen_random_uuid(), coop, kind, jsonb_build_object('ID', gig, 'Cooperative', coop), lane, nullif(key, ''), 'waiting', now, greatest(starts, now + interval '1 day')
FROM house, shift, LATERAL (VALUES ('jobs.gig_opened', -1, ''), ('jobs.gig_changed', 1, gig || ' ' || extract(epoch FROM starts)::bigint)) AS t (kind, lane, key)
WHERE starts > now + interval '1 day';

INSERT INTO tasks.task (id, cooperative_id, kind, payload, lane, state, created_at, due_at, tries, ended_at)
SELECT gen_random_uuid(), coop, 'jobs.gig_changed', jsonb_build_object('ID', gen_random_uuid(), 'Cooperative', coop), 0, 'done', at, at, 1, at
FROM house, LATERAL (SELECT now - interval '1 second' * k AS at FROM generate_series(1, members * 20) k) done;
