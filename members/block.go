package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
)

// MostBlockReason is how long the reason of a block may be.
const MostBlockReason = 300

// Block is a client for whom a member does not want to work. It is the member's
// own: no client, coach or coordinator reads it.
type Block struct {
	Client ClientID
	Name   string
	Since  time.Time
	Reason string // may be empty
}

// Block keeps the acting member and a client apart: from now on no work of the
// client is offered to them, or given. What is agreed already goes on. Once more
// changes the reason. It returns check.Problems at "reason", and ErrNotFound for
// a client of another cooperative and to everybody who is not a member.
func (s *Service) Block(ctx context.Context, by Actor, client ClientID, reason string) error {
	reason = strings.TrimSpace(reason)
	var p check.Problems
	p.Paragraphs("reason", reason, 0, MostBlockReason)
	if err := p.Err(); err != nil {
		return err
	}
	return s.changeBlock(ctx, by, "client_blocked", func(tx pgx.Tx) (bool, error) {
		return upsertBlock(ctx, tx, by, client, reason, s.now())
	})
}

// Unblock ends it. It returns ErrNotFound where there is no block.
func (s *Service) Unblock(ctx context.Context, by Actor, client ClientID) error {
	return s.changeBlock(ctx, by, "client_unblocked", func(tx pgx.Tx) (bool, error) { return deleteBlock(ctx, tx, by, client) })
}

// changeBlock lets whoever asks the member for work wait until it is done.
func (s *Service) changeBlock(ctx context.Context, by Actor, what string, change func(pgx.Tx) (bool, error)) error {
	if by.Kind != RoleMember || by.Member.IsZero() {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockOwnMember(ctx, tx, by); err != nil {
			return err
		}
		changed, err := change(tx)
		if err != nil {
			return err
		}
		if !changed {
			return ErrNotFound
		}
		return s.AuditTx(ctx, tx, Deed{By: by, For: by.Person, What: what}) // which client is the member's own
	})
}

// Blocks lists the acting member's own, by name of the client.
func (s *Service) Blocks(ctx context.Context, by Actor) ([]Block, error) {
	return listBlocks(ctx, s.db, by)
}

// BlockOf gives the acting member's block of one client; its Since is zero when
// there is none. It returns ErrNotFound for a client of another cooperative.
func (s *Service) BlockOf(ctx context.Context, by Actor, client ClientID) (Block, error) {
	return findBlock(ctx, s.db, by, client)
}
