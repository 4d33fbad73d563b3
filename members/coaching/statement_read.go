package coaching

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// withProgress is asReader for a coach with the member's key to their progress,
// which is noted in the access log. takes says that something begins or is agreed:
// a coach who is restricted does not.
func (s *Service) withProgress(ctx context.Context, by members.Actor, m members.MemberID, takes bool, do func(pgx.Tx) error) error {
	return s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		if takes {
			if err := members.MayTakeTx(ctx, tx, by); err != nil {
				return err
			}
		}
		if _, err := s.people.ReadTx(ctx, tx, by, m, members.ProgressScope); err != nil {
			return err
		}
		return do(tx)
	})
}

// asSide does something with what is the acting member's own, or with a member
// whom the acting coach follows.
func (s *Service) asSide(ctx context.Context, by members.Actor, m members.MemberID, do func(pgx.Tx) error) error {
	switch {
	case isOwn(by, m):
		return pgx.BeginFunc(ctx, s.db, do)
	case by.Kind == members.RoleCoach:
		return s.asReader(ctx, by, m, do)
	default:
		return members.ErrNotFound
	}
}

// asSideWithProgress is asSide, where a coach needs the key to the progress.
func (s *Service) asSideWithProgress(ctx context.Context, by members.Actor, m members.MemberID, takes bool, do func(pgx.Tx) error) error {
	if by.Kind == members.RoleCoach {
		return s.withProgress(ctx, by, m, takes, do)
	}
	return s.asSide(ctx, by, m, do)
}

// Statements lists a member's statements without what they say, to the member and
// to their coach who may read their progress, which is noted in the access log.
// It returns *members.NotGranted, and members.ErrNotFound to everybody else.
func (s *Service) Statements(ctx context.Context, by members.Actor, m members.MemberID) (list []Statement, err error) {
	return list, s.asSideWithProgress(ctx, by, m, false, func(tx pgx.Tx) error {
		list, err = listStatements(ctx, tx, by.Cooperative, m)
		return err
	})
}

// StatementOf gives a statement with what it says: to the member always, to their
// coach as far as the member lets them read, which is noted in the access log. A
// draft says what the coach may not read. It returns *members.NotGranted for a
// frozen one of which the coach may not read all, for any of which they may read
// nothing, and members.ErrNotFound to everybody else.
func (s *Service) StatementOf(ctx context.Context, by members.Actor, m members.MemberID, statement StatementID) (page StatementPage, err error) {
	return page, s.asSide(ctx, by, m, func(tx pgx.Tx) error {
		k, err := findStatement(ctx, tx, by.Cooperative, m, statement)
		if err != nil {
			return err
		}
		page, err = s.pageTx(ctx, tx, by, k)
		return err
	})
}

func (s *Service) pageTx(ctx context.Context, tx pgx.Tx, by members.Actor, k keptStatement) (page StatementPage, err error) {
	page.Statement = k.Statement
	if page.Missing, err = s.readableTx(ctx, tx, by, k.Member); err != nil {
		return page, err
	}
	switch {
	case len(page.Missing) == len(statementScopes()), k.State.Frozen() && len(page.Missing) > 0:
		return page, &members.NotGranted{Member: k.Member, Scope: page.Missing[0]}
	case k.State == StatementWithdrawn:
		return page, nil
	case k.State.Frozen():
		return page, s.thawTx(ctx, tx, k, &page)
	}
	if page.Content, err = s.draftTx(ctx, tx, k, page.Missing); err != nil {
		return page, err
	}
	page.Medical = medicalIn(page.Content.words()...)
	if page.Hash, err = page.Content.hash(); err != nil || by.Kind != members.RoleMember {
		return page, err
	}
	if page.Waits, err = listWaitingClients(ctx, tx, k); err != nil {
		return page, err
	}
	own, err := findMemberForm(ctx, tx, by, k.ID, "")
	if errors.Is(err, members.ErrNotFound) {
		return page, nil
	}
	page.Own = own.State
	return page, err
}

// thawTx reads what was frozen. What was changed meanwhile, or cannot be opened
// any more, is gone.
func (s *Service) thawTx(ctx context.Context, tx pgx.Tx, k keptStatement, page *StatementPage) error {
	var text string
	texts := []members.SealedText{{Person: k.person, Column: contentColumn(k.ID), Sealed: k.content, Into: &text, Gone: &page.Gone}}
	if err := s.people.OpenAll(ctx, tx, texts); err != nil || page.Gone {
		return err
	}
	if page.Hash = hashOf([]byte(text)); page.Hash != hex.EncodeToString(k.hash) {
		page.Gone = true
		return nil
	}
	return json.Unmarshal([]byte(text), &page.Content)
}
