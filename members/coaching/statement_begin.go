package coaching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// BeginStatement begins a statement about a member whom the acting coach follows,
// and asks the member how they like the help. What was typed and filled in for the
// same period before, and withdrawn, comes with it. It returns check.Problems at
// "funder", "funder-name", "from" and "until", *members.NotGranted without the key
// to the progress, members.ErrRestricted, and members.ErrNotFound to everybody but
// the member's coach.
func (s *Service) BeginStatement(ctx context.Context, by members.Actor, m members.MemberID, n NewStatement) (statement StatementID, err error) {
	n.tidy()
	statement = id.New[Statement](s.random)
	return statement, s.withProgress(ctx, by, m, true, func(tx pgx.Tx) error {
		if err := n.problems(members.DayOf(s.now())).Err(); err != nil {
			return err
		}
		if err := insertStatement(ctx, tx, by, statement, m, n, s.now()); err != nil {
			return err
		}
		k, err := findStatement(ctx, tx, by.Cooperative, m, statement)
		if err != nil {
			return err
		}
		if err := s.inheritTx(ctx, tx, k, n); err != nil {
			return err
		}
		if _, err := insertForm(ctx, tx, k, id.New[Satisfaction](s.random), members.ClientID{}, s.now()); err != nil {
			return err
		}
		if err := s.tellStatementTx(ctx, tx, k, true); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: k.person, What: "statement_begun", Ref: statementRef(statement)})
	})
}

// inheritTx takes over what was typed for one that was withdrawn.
func (s *Service) inheritTx(ctx context.Context, tx pgx.Tx, k keptStatement, n NewStatement) error {
	was, found, err := findWithdrawn(ctx, tx, k.in, k.Member, n)
	if err != nil || !found {
		return err
	}
	if err := moveForms(ctx, tx, k.in, was.ID, k.ID); err != nil || was.summary == nil {
		return err
	}
	text, err := s.people.OpenTx(ctx, tx, k.person, summaryColumn(was.ID), was.summary)
	if err != nil {
		return err
	}
	sealed, err := s.people.SealTx(ctx, tx, k.person, summaryColumn(k.ID), text)
	if err != nil {
		return err
	}
	return updateSummary(ctx, tx, k, sealed)
}

// Summarize changes the few words that are typed; empty words go. It returns
// check.Problems at "summary", members.ErrNotGranted, ErrOtherCoach,
// ErrStatementMoved for one that is no draft, members.ErrNoKey, and
// members.ErrNotFound to everybody but the member's coach.
func (s *Service) Summarize(ctx context.Context, by members.Actor, m members.MemberID, statement StatementID, text string) error {
	text = strings.TrimSpace(text)
	return s.withProgress(ctx, by, m, false, func(tx pgx.Tx) error {
		var p check.Problems
		p.Paragraphs("summary", text, 0, MostSummary)
		if err := p.Err(); err != nil {
			return err
		}
		k, err := s.lockDraftTx(ctx, tx, by, m, statement)
		if err != nil {
			return err
		}
		sealed, err := s.people.SealGivenTx(ctx, tx, k.person, summaryColumn(statement), text)
		if err != nil {
			return err
		}
		return updateSummary(ctx, tx, k, sealed)
	})
}

// lockDraftTx finds a draft that the acting coach began.
func (s *Service) lockDraftTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, statement StatementID) (keptStatement, error) {
	k, err := lockStatement(ctx, tx, by.Cooperative, m, statement)
	switch {
	case err != nil:
		return k, err
	case k.State != StatementDraft:
		return k, ErrStatementMoved
	case k.Coach != by.Role:
		return k, ErrOtherCoach
	}
	return k, nil
}
