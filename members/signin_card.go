package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// CardLife is how long a card from the coach works.
const CardLife = 15 * time.Minute

// CardID identifies a card.
type CardID = id.Of[card]

// card lets a member who cannot use mail sign in, once, on a phone of their own.
type card struct {
	ID          CardID
	Cooperative id.Cooperative
	Member      MemberID
	Person      PersonID // whose it is
	Printer     RoleID
	Expires     time.Time
	Used        bool
}

// PrintCardTx makes a card and gives its secret, which exists nowhere else; the
// member's earlier cards stop working. Who signs in as somebody sees everything:
// so the member must have let the actor act for them, and that it was done stands
// in their log. It returns ErrNotGranted.
func (s *Service) PrintCardTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID) (secret string, err error) {
	if _, err := s.ReadTx(ctx, tx, by, m, ActForMeScope); err != nil {
		return "", err
	}
	if secret, err = s.NewSecret(); err != nil {
		return "", err
	}
	printed := card{ID: id.New[card](s.random), Cooperative: by.Cooperative, Member: m, Printer: by.Role, Expires: s.now().Add(CardLife)}
	if err := deleteCards(ctx, tx, by.Cooperative, m); err != nil {
		return "", err
	}
	if err := insertCard(ctx, tx, printed, secretHash(secret)); err != nil {
		return "", err
	}
	person, err := findPersonOfMember(ctx, tx, by.Cooperative, m)
	if err != nil {
		return "", err
	}
	return secret, s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "card_printed", Ref: "card:" + printed.ID.String()})
}

// UseCard spends a card and tells who signs in. now is who is signed in already,
// or nobody: another's card stays as it is. It returns ErrSignInSpent for every
// reason there is, also when the member does not let its printer act for them
// any more.
func (s *Service) UseCard(ctx context.Context, secret string, now PersonID) (PersonID, error) {
	var used card
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if used, err = lockCard(ctx, tx, secretHash(secret)); err != nil {
			return spent(err)
		}
		if used.Used || !s.now().Before(used.Expires) || !now.IsZero() && now != used.Person {
			return ErrSignInSpent
		}
		return s.useCardTx(ctx, tx, used)
	})
	return used.Person, err
}

func (s *Service) useCardTx(ctx context.Context, tx pgx.Tx, used card) error {
	printer := Actor{Role: used.Printer, Cooperative: used.Cooperative}
	_, err := lockLive(ctx, tx, printer, used.Member, ActForMeScope, DayOf(s.now()))
	if errors.Is(err, ErrNotGranted) {
		return ErrSignInSpent
	}
	if err != nil {
		return err
	}
	if err := updateCardUsed(ctx, tx, used.ID, s.now()); err != nil {
		return err
	}
	if err := s.changedTx(ctx, tx, used.Person, CardUsed); err != nil {
		return err
	}
	member := Actor{Person: used.Person, Kind: RoleMember, Cooperative: used.Cooperative}
	return s.AuditTx(ctx, tx, Deed{By: member, For: used.Person, What: "card_used", Ref: "card:" + used.ID.String()})
}
