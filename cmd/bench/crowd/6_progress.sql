-- What coaches and members do together: a contact every second week, of three
-- members in ten the last one longer ago; two goals a year with steps; a rung each
-- half year; a self-score in two weeks of three.
INSERT INTO coaching.goal (id, cooperative_id, member_id, text, state, aim_on, made_at, made_by, ended_at)
SELECT gen_random_uuid(), coop, id, decode(repeat('5a', 90), 'hex'), CASE WHEN k = 0 THEN 'open' ELSE (ARRAY['met', 'not_met', 'needs_more'])[1 + (n + k) % 3] END,
    at::date + 180, at, coach, CASE WHEN k > 0 THEN at + interval '150 days' END
FROM (SELECT house.*, worker.*, k, now - interval '1 day' * (k * 180 + 5 + n % 100) AS at FROM house, worker, generate_series(0, blocks / 7) k WHERE new) g ORDER BY at;

INSERT INTO coaching.goal_step (id, cooperative_id, member_id, goal_id, text, made_at, done_at)
SELECT gen_random_uuid(), g.cooperative_id, g.member_id, g.id, decode(repeat('5a', 60), 'hex'), made_at, CASE WHEN k < 2 OR state <> 'open' THEN made_at + interval '4 days' END
FROM house JOIN coaching.goal g ON g.cooperative_id = coop, generate_series(0, 2) k;

INSERT INTO coaching.contact (id, cooperative_id, member_id, coach_id, kind, at, minutes, goal_id, why, next, logged_at)
SELECT gen_random_uuid(), coop, c.id, coach, (ARRAY['talk', 'call', 'visit', 'message', 'with_client', 'other'])[1 + (c.n + k) % 6], at, 10 + k % 5 * 10,
    (SELECT g.id FROM coaching.goal g WHERE g.cooperative_id = coop AND g.member_id = c.id AND g.state = 'open' LIMIT 1),
    decode(repeat('5a', 120), 'hex'), decode(repeat('5a', 80), 'hex'), at + interval '5 minutes'
FROM (SELECT house.*, worker.*, k, now - interval '1 day' * (k * 14 + 1 + n % 19) - interval '1 hour' AS at FROM house, worker, generate_series(0, 2 * blocks) k WHERE new) c ORDER BY at;

INSERT INTO coaching.rung (id, cooperative_id, member_id, step, occasion, state, proposed_at, proposed_by, settled_at, settled_by)
SELECT gen_random_uuid(), coop, r.id, 3 + n % 3, CASE WHEN k = blocks / 7 THEN 'intake' ELSE 'half_year' END, 'set', at, coach, at + interval '1 hour', m.role_id
FROM (SELECT house.*, worker.*, k, now - interval '1 day' * (k * 180 + 9 + n % 100) AS at FROM house, worker, generate_series(0, blocks / 7) k WHERE new) r
JOIN members.member m ON m.cooperative_id = coop AND m.id = r.id;

INSERT INTO coaching.self_score (cooperative_id, member_id, week, given_at, feel, work, next)
SELECT coop, id, (monday - 7 * k)::date, least(now, (monday - 7 * k + 1 + n % 4)::timestamp AT TIME ZONE 'Europe/Amsterdam'), 1 + (n + k) % 5, 3 + (n * k) % 3, 2 + (n + 2 * k) % 4
FROM (SELECT house.*, worker.*, date_trunc('week', now AT TIME ZONE 'Europe/Amsterdam')::date AS monday FROM house, worker WHERE new) s, generate_series(0, 4 * blocks) k
WHERE (n + k) % 3 > 0;
