package members

import (
	"context"
	"errors"
	"strconv"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/vault"
)

// errNobodys is for a reason that the program gives about nobody: no key could
// keep it.
var errNobodys = errors.New("members: a reason is about somebody, or given by somebody")

// whose is the person whose key keeps the reason: whom the deed concerns, or
// else who did it.
func whose(forWhom, by PersonID) PersonID {
	if forWhom.IsZero() {
		return by
	}
	return forWhom
}

// whyColumn is what a reason is bound to, beside the person.
func whyColumn(c id.Cooperative, seq int64) string {
	return "audit_why@" + c.String() + ":" + strconv.FormatInt(seq, 10)
}

// sealed is a link with its reason sealed, salt first. Without the salt nobody
// can try sentences until one fits the digest: so it goes with the key, too.
func (l link) sealed(key vault.Key) link {
	if l.why == "" {
		return l
	}
	l.keyID = key.ID()
	l.sealedWhy = key.Seal(append(l.salt[:len(l.salt):len(l.salt)], l.why...), whose(l.forWhom, l.by).String(), whyColumn(l.cooperative, l.seq))
	return l
}

// whyKeyTx opens the key for the reason of a deed, if it has one.
func (s *Service) whyKeyTx(ctx context.Context, tx pgx.Tx, d Deed) (key vault.Key, err error) {
	if d.Why == "" {
		return key, nil
	}
	person := whose(d.For, d.By.Person)
	if person.IsZero() {
		return key, errNobodys
	}
	return s.sealingKeyTx(ctx, tx, person)
}

// keptWhy is how a list of deeds reads a reason.
type keptWhy struct {
	sealed []byte
	given  bool // also one that was erased since
}

// openDeeds opens the reasons of what was listed. A reason that was erased is
// gone, as one is whose key was destroyed.
func (s *Service) openDeeds(ctx context.Context, list []Audited, kept []keptWhy) error {
	var texts []SealedText
	for i := range list {
		a := &list[i]
		a.WhyGone = kept[i].given && kept[i].sealed == nil
		texts = append(texts, SealedText{Person: whose(a.For, a.By), Column: whyColumn(a.Cooperative, a.Seq), Sealed: kept[i].sealed,
			Into: &a.Why, Gone: &a.WhyGone})
	}
	err := s.OpenAll(ctx, s.db, texts)
	for i := range list {
		list[i].Why = withoutSalt(list[i].Why)
	}
	return err
}

func withoutSalt(why string) string { return why[min(saltSize, len(why)):] }

// reason judges the reason of a link: whether it is the one of the digest. One
// that was erased, or whose key was destroyed, is not held against it. It
// returns ErrNoKey when the program lacks the key to tell.
func (s *Service) reason(l link) (whole bool, err error) {
	if l.sealedWhy == nil || l.key.wrapped == nil {
		return true, nil
	}
	key, err := s.openKey(l.key)
	switch {
	case errors.Is(err, ErrUnreadable):
		return false, nil
	case err != nil:
		return false, err
	case key.ID() != l.keyID:
		return true, nil
	}
	plain, err := key.Open(l.sealedWhy, l.key.person.String(), whyColumn(l.cooperative, l.seq))
	if err != nil || len(plain) < saltSize {
		return false, nil
	}
	return string(digestWhy(plain[:saltSize], string(plain[saltSize:]))) == string(l.whyDigest), nil
}
