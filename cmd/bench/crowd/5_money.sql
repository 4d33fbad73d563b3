-- A bill for all agreed hours; what is older than three weeks is paid, and the
-- wage is at the bank.
CREATE TEMP TABLE bill ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, gen_random_uuid() AS wage_line, gen_random_uuid() AS share_line, gen_random_uuid() AS payout,
    client, member, e.id AS ref, minutes, rate, e.state = 'paid' AS paid, ends, g.title, g.language,
    minutes * rate / 60 AS wage, minutes * rate / 600 AS share
FROM engagement e JOIN jobs.shift s ON s.id = e.shift JOIN jobs.gig g ON g.id = s.gig_id WHERE e.state IN ('billed', 'paid');

INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at, checkouts, checkout_id, checkout_at, charge_id, paid_at)
SELECT id, coop, client, ref, title, language, ends::date, minutes, rate, wage + share, CASE WHEN paid THEN 'paid' ELSE 'due' END, ends + interval '1 day',
    paid::int, CASE WHEN paid THEN 'cs_bench_' || id END, CASE WHEN paid THEN ends + interval '4 days' END,
    CASE WHEN paid THEN 'ch_bench_' || id END, CASE WHEN paid THEN ends + interval '5 days' END
FROM house, bill ORDER BY ends;

INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents)
SELECT line, coop, id, kind, who, cents
FROM house, bill, LATERAL (VALUES (wage_line, 'wage', member, wage), (share_line, 'contribution', NULL::uuid, share)) AS l (line, kind, who, cents) ORDER BY ends;

INSERT INTO payments.payee (cooperative_id, member_id, account, state, bank, changed_at, looked_at)
SELECT coop, id, 'acct_bench_' || id, 'ready', 'ba_bench_' || id, now(), now() FROM house, worker ON CONFLICT DO NOTHING;

INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, transfer_id, payout_id, sent_at, paid_at)
SELECT payout, coop, wage_line, member, wage, 'paid', ends + interval '5 days', 'tr_bench_' || payout, 'po_bench_' || payout,
    ends + interval '5 days', ends + interval '7 days'
FROM house, bill WHERE paid ORDER BY ends;

-- The ledger, and the balances that its trigger would keep posting by posting.
CREATE TEMP TABLE posting ON COMMIT DROP AS
SELECT gen_random_uuid() AS entry, p.*, ends + interval '5 days' AS at FROM bill, LATERAL (VALUES
    ('bill:' || id || ':paid', 'bill_paid', id, 'client:' || client, 'bill:' || id || ':held', wage + share),
    ('line:' || wage_line, 'wage', id, 'bill:' || id || ':held', 'member:' || member || ':payable', wage),
    ('line:' || share_line, 'contribution', id, 'bill:' || id || ':held', 'coop:contribution', share),
    ('charge:ch_bench_' || id || ':fee', 'fee', id, 'coop:costs', 'stripe:fees', 25 + (wage + share) / 66),
    ('payout:' || payout || ':hold', 'hold', payout, 'member:' || member || ':payable', 'member:' || member || ':moving', wage),
    ('transfer:' || payout, 'transfer', payout, 'member:' || member || ':moving', 'member:' || member || ':stripe', wage),
    ('payout:' || payout || ':0:sent', 'payout_sent', payout, 'member:' || member || ':stripe', 'member:' || member || ':transit', wage),
    ('payout:' || payout || ':0:paid', 'payout_paid', payout, 'member:' || member || ':transit', 'member:' || member || ':bank', wage))
    AS p (key, cause, subject, source, destination, cents)
WHERE paid;

INSERT INTO payments.entry (id, cooperative_id, key, input_hash, cause, subject, posted_at)
SELECT entry, coop, key, payments.input_hash(cause, payments.movement(source, destination, cents)), cause, subject, at FROM house, posting ORDER BY at;

INSERT INTO payments.posting (cooperative_id, entry_id, number, source, destination, cents, posted_at)
SELECT coop, entry, 1, source, destination, cents, at FROM house, posting ORDER BY at;

INSERT INTO payments.account (cooperative_id, address, shard, balance_cents)
SELECT coop, address, payments.shard(address, entry), sum(cents) FROM house, (
    SELECT entry, destination AS address, cents FROM posting UNION ALL SELECT entry, source, -cents FROM posting) moved GROUP BY 1, 2, 3
ON CONFLICT (cooperative_id, address, shard) DO UPDATE SET balance_cents = account.balance_cents + excluded.balance_cents;
