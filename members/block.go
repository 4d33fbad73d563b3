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
	Gone   bool   // there was a reason, and it cannot be read any more
}

// Block keeps the acting member and a client apart: from now on no work of the
// client is offered to them, or given. What is agreed already goes on. Once more
// changes the reason. It returns check.Problems at "reason", ErrNoKey, and
// ErrNotFound for a client of another cooperative and to everybody who is not a member.
func (s *Service) Block(ctx context.Context, by Actor, client ClientID, reason string) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.BlockTx(ctx, tx, by, client, reason) })
}

// BlockTx is Block inside a transaction of the caller.
func (s *Service) BlockTx(ctx context.Context, tx pgx.Tx, by Actor, client ClientID, reason string) error {
	reason = strings.TrimSpace(reason)
	var p check.Problems
	p.Paragraphs("reason", reason, 0, MostBlockReason)
	if err := p.Err(); err != nil {
		return err
	}
	return s.changeBlockTx(ctx, tx, by, "client_blocked", func(tx pgx.Tx) (bool, error) {
		sealed, err := s.SealGivenTx(ctx, tx, by.Person, blockColumn(by, client), reason)
		if err != nil {
			return false, err
		}
		return upsertBlock(ctx, tx, by, client, sealed, s.now())
	})
}

// blockColumn is what the reason is bound to, beside the person.
func blockColumn(by Actor, client ClientID) string {
	return "client_block.reason@" + by.Cooperative.String() + ":" + client.String()
}

// Unblock ends it. It returns ErrNotFound where there is no block.
func (s *Service) Unblock(ctx context.Context, by Actor, client ClientID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return s.changeBlockTx(ctx, tx, by, "client_unblocked", func(tx pgx.Tx) (bool, error) { return deleteBlock(ctx, tx, by, client) })
	})
}

// changeBlockTx lets whoever asks the member for work wait until it is done.
func (s *Service) changeBlockTx(ctx context.Context, tx pgx.Tx, by Actor, what string, change func(pgx.Tx) (bool, error)) error {
	if by.Kind != RoleMember || by.Member.IsZero() {
		return ErrNotFound
	}
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
}

// Blocks lists the acting member's own, by name of the client. It returns
// ErrNoKey.
func (s *Service) Blocks(ctx context.Context, by Actor) ([]Block, error) {
	kept, err := listBlocks(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	return s.openBlocks(ctx, by, kept)
}

// BlockOf gives the acting member's block of one client; its Since is zero when
// there is none. It returns ErrNotFound for a client of another cooperative, and
// ErrNoKey.
func (s *Service) BlockOf(ctx context.Context, by Actor, client ClientID) (Block, error) {
	kept, err := findBlock(ctx, s.db, by, client)
	if err != nil {
		return Block{}, err
	}
	opened, err := s.openBlocks(ctx, by, []keptBlock{kept})
	return opened[0], err
}

// keptBlock is a block as its row has it: the reason is sealed for the member.
type keptBlock struct {
	Block
	reason []byte
}

func (s *Service) openBlocks(ctx context.Context, by Actor, kept []keptBlock) ([]Block, error) {
	list := make([]Block, len(kept))
	var texts []SealedText
	for i, k := range kept {
		list[i] = k.Block
		b := &list[i]
		texts = append(texts, SealedText{Person: by.Person, Column: blockColumn(by, b.Client), Sealed: k.reason, Into: &b.Reason, Gone: &b.Gone})
	}
	return list, s.OpenAll(ctx, s.db, texts)
}
