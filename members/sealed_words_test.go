package members_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// confidedWords is a text about a person: what it must be, and how whoever may
// reads it.
type confidedWords struct {
	marker string
	read   func(s *members.Service) (text string, gone bool, err error)
}

// said makes all the words about Anna and her client that the domain keeps.
func (h *house) said(anna, zoe, noor, jan members.Actor) map[string]confidedWords {
	h.t.Helper()
	ctx, c := h.t.Context(), anna.Cooperative
	linde := h.client(c, "De Linde")
	if err := errors.Join(
		h.Restrict(ctx, noor, anna.Person, "marker: te vaak niet gekomen"),
		h.Block(ctx, anna, linde, "marker: er wordt daar geschreeuwd"),
		h.RefuseClient(ctx, noor, zoe.Client, "marker: dit is geen werk voor ons"),
	); err != nil {
		h.t.Fatal(err)
	}
	restrictable, err := h.Restrictable(ctx, noor, anna.Person)
	if err != nil {
		h.t.Fatal(err)
	}
	restriction := members.Decision{Restriction: restrictable.Now().ID}
	review, err := h.AskReview(ctx, anna, restriction, "marker: ik was toen ziek thuis")
	if err := errors.Join(err, h.TakeReview(ctx, jan, review), h.AnswerReview(ctx, jan, review, members.Overturned, "marker: dat klopt, zij was ziek")); err != nil {
		h.t.Fatal(err)
	}
	own := func(s *members.Service) (members.Restriction, error) {
		return s.Restriction(ctx, anna, restriction.Restriction)
	}
	look := func(s *members.Service) (members.ReviewPage, error) { return s.Review(ctx, jan, review) }
	return map[string]confidedWords{
		"restriction": {"marker: te vaak niet gekomen", func(s *members.Service) (string, bool, error) {
			r, err := own(s)
			return r.Why, r.Gone, err
		}},
		"restriction, for the office": {"marker: te vaak niet gekomen", func(s *members.Service) (string, bool, error) {
			r, err := s.Restrictable(ctx, noor, anna.Person)
			if err != nil {
				return "", false, err
			}
			return r.Past[0].Why, r.Past[0].Gone, nil
		}},
		"restriction, lifted": {"marker: dat klopt, zij was ziek", func(s *members.Service) (string, bool, error) {
			r, err := own(s)
			return r.LiftedWhy, r.Gone, err
		}},
		"restriction, as a decision": {"marker: te vaak niet gekomen", func(s *members.Service) (string, bool, error) {
			d, err := s.Decided(ctx, anna, restriction)
			return d.Why, d.Gone, err
		}},
		"restriction, in the log": {"marker: te vaak niet gekomen", func(s *members.Service) (string, bool, error) {
			list, err := s.AuditLogOf(ctx, noor, "person_restricted", 0)
			if err != nil {
				return "", false, err
			}
			first := list[len(list)-1]
			return first.Why, first.WhyGone, nil
		}},
		"review": {"marker: ik was toen ziek thuis", func(s *members.Service) (string, bool, error) {
			p, err := look(s)
			return p.Words, p.Gone, err
		}},
		"review, answered": {"marker: dat klopt, zij was ziek", func(s *members.Service) (string, bool, error) {
			p, err := look(s)
			return p.Answer, p.Gone, err
		}},
		"review, in the list": {"marker: dat klopt, zij was ziek", func(s *members.Service) (string, bool, error) {
			_, answered, err := s.Reviews(ctx, noor)
			if err != nil {
				return "", false, err
			}
			return answered[0].Answer, answered[0].Gone, nil
		}},
		"block": {"marker: er wordt daar geschreeuwd", func(s *members.Service) (string, bool, error) {
			b, err := s.BlockOf(ctx, anna, linde)
			return b.Reason, b.Gone, err
		}},
		"block, in the list": {"marker: er wordt daar geschreeuwd", func(s *members.Service) (string, bool, error) {
			list, err := s.Blocks(ctx, anna)
			for _, b := range list {
				if b.Client == linde {
					return b.Reason, b.Gone, err
				}
			}
			return "", false, err
		}},
		"refused client": {"marker: dit is geen werk voor ons", func(s *members.Service) (string, bool, error) {
			p, err := s.Client(ctx, noor, zoe.Client)
			return p.RefusedWhy, p.Gone, err
		}},
		"refused client, as a decision": {"marker: dit is geen werk voor ons", func(s *members.Service) (string, bool, error) {
			d, err := s.Decided(ctx, zoe, members.Decision{Client: zoe.Client})
			return d.Why, d.Gone, err
		}},
	}
}

// TestWordsAreSealed is their whole life: they stand nowhere in plain, open for
// whom they are, also under a new key, and are gone with the person's own.
func TestWordsAreSealed(t *testing.T) {
	h := newHouse(t)
	old, fresh := newKey(t), newKey(t)
	h.Service = h.with(h.db, old)
	c := h.cooperative("Waalkracht")
	anna, zoe, noor, jan := h.member(c, "anna@meent.example"), h.asks(c, "zoe@linde.example"), h.noor(c), h.jan(c)
	all := h.said(anna, zoe, noor, jan)
	dump := h.dump()
	for name, words := range all {
		if holds(dump, words.marker) {
			t.Errorf("%s: the dump holds it", name)
		}
		if text, gone, err := words.read(h.Service); text != words.marker || gone || err != nil {
			t.Errorf("%s is %q, %v, %v", name, text, gone, err)
		}
		if text, _, err := words.read(h.with(h.db)); text != "" || !errors.Is(err, members.ErrNoKey) {
			t.Errorf("%s without a key: %q, %v", name, text, err)
		}
	}
	if done, err := h.with(h.db, fresh, old).RotateKeys(t.Context()); err != nil || done.Wrapped < 2 || done.Closed != 0 {
		t.Fatalf("RotateKeys = %+v, %v", done, err)
	}
	h.Service = h.with(h.db, fresh)
	for name, words := range all {
		if text, gone, err := words.read(h.Service); text != words.marker || gone || err != nil {
			t.Errorf("%s with the new key: %q, %v, %v", name, text, gone, err)
		}
	}
	for _, person := range []members.PersonID{anna.Person, zoe.Person} {
		h.tx(func(tx pgx.Tx) error { return h.DestroyKeyTx(t.Context(), tx, person) })
	}
	for name, words := range all {
		if text, gone, err := words.read(h.Service); text != "" || !gone || err != nil {
			t.Errorf("%s after the key was destroyed: %q, %v, %v", name, text, gone, err)
		}
	}
	if faults := h.faults(); len(faults) > 0 {
		t.Errorf("the log: %v", faults)
	}
}

// TestWordsStayInTheirPlace: put into another row or column, of the same person
// or another's, they do not open.
func TestWordsStayInTheirPlace(t *testing.T) {
	for _, move := range []string{
		`UPDATE members.restriction SET why = lifted_why WHERE lifted_why IS NOT NULL`,
		`UPDATE members.review SET words = answer`,
		`UPDATE members.review v SET words = r.why FROM members.restriction r WHERE r.id = v.restriction_id`,
		`UPDATE members.restriction r SET why = o.why FROM members.restriction o WHERE o.person_id <> r.person_id`,
		`UPDATE members.client_block b SET reason = o.reason FROM members.client_block o WHERE o.member_id <> b.member_id`,
		`UPDATE members.client_block b SET reason = o.reason FROM members.client_block o WHERE o.client_id <> b.client_id AND o.member_id = b.member_id`,
	} {
		t.Run(move, func(t *testing.T) {
			h := newHouse(t)
			c := h.cooperative("Waalkracht")
			anna, zoe, noor, jan := h.member(c, "anna@meent.example"), h.asks(c, "zoe@linde.example"), h.noor(c), h.jan(c)
			bea, beuk := h.member(c, "bea@meent.example"), h.client(c, "De Beuk")
			all := h.said(anna, zoe, noor, jan)
			if err := errors.Join(h.Restrict(t.Context(), noor, bea.Person, reason), h.Block(t.Context(), bea, beuk, reason), h.Block(t.Context(), anna, beuk, reason)); err != nil {
				t.Fatal(err)
			}
			if tag, err := h.db.Exec(t.Context(), move); err != nil || tag.RowsAffected() == 0 {
				t.Fatal(tag, err)
			}
			closed := 0
			for name, words := range all {
				text, gone, err := words.read(h.Service)
				if err != nil || text != "" && text != words.marker {
					t.Errorf("%s: %q, %v", name, text, err)
				}
				if text == "" && gone {
					closed++
				}
			}
			if closed == 0 {
				t.Error("all of it still opens")
			}
		})
	}
}
