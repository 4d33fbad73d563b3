package payments

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ObjectionID identifies an objection.
type ObjectionID = id.Of[Objection]

// ErrObjected means that the office has still to answer what the client said
// about this bill before.
var ErrObjected = errors.New("payments: there is an open objection")

// Objection is what a client says is not right about a bill, and the answer.
type Objection struct {
	ID         ObjectionID
	Bill       BillID
	Words      string // "" once who wrote it was erased
	AskedName  string
	AskedAt    time.Time
	Open       bool
	Answer     string
	AnswerName string
	AnsweredAt time.Time // zero: not yet

	ClientName string
	Title      string
	Language   members.Locale
}

const (
	leastWords = 5
	mostWords  = 1000
)

func wordsProblems(words string) error {
	var p check.Problems
	p.Paragraphs("words", words, leastWords, mostWords)
	return p.Err()
}

// Object lets a client say what is not right about their bill, paid or not. It
// returns check.Problems, ErrObjected while an answer is due, and
// members.ErrNotFound for any other bill.
func (s *Service) Object(ctx context.Context, by members.Actor, bill BillID, words string) error {
	if by.Kind != members.RoleClient {
		return members.ErrNotFound
	}
	words = strings.TrimSpace(words)
	if err := wordsProblems(words); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findBill(ctx, tx, by, bill); err != nil {
			return err
		}
		if err := insertObjection(ctx, tx, by, id.New[Objection](s.random), bill, words, s.now()); err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, BackTold{What: BackObjected, Bill: bill, Cooperative: by.Cooperative},
			members.Moved{Cooperative: by.Cooperative, Client: by.Client})
	})
}

// AnswerObjection is the office's answer, in words; money is given back by
// AskRefund. It returns check.Problems, ErrBackDecided, members.ErrRestricted, and
// members.ErrNotFound.
func (s *Service) AnswerObjection(ctx context.Context, by members.Actor, objection ObjectionID, words string) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	words = strings.TrimSpace(words)
	if err := wordsProblems(words); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		bill, client, open, err := lockObjection(ctx, tx, by.Cooperative, objection)
		if err == nil && !open {
			err = ErrBackDecided
		}
		if err != nil {
			return err
		}
		if err := answerObjection(ctx, tx, by, objection, words, s.now()); err != nil {
			return err
		}
		err = s.tellTx(ctx, tx, by.Cooperative, BillTold{Bill: bill, Cooperative: by.Cooperative, Answered: true},
			members.Moved{Cooperative: by.Cooperative, Client: client})
		if err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "objection_answered", Ref: "bill:" + bill.String()})
	})
}
