package members

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Hold is why a person cannot be erased yet: something that they, or somebody
// who counts on them, must end first.
type Hold string

// The holds. Each domain finds its own: see HoldsTx.
const (
	WorkToCome      Hold = "work"        // confirmed
	HoursOpen       Hold = "hours"       // of theirs, and not agreed
	MoneyMoving     Hold = "money"       // billed, owed or on its way
	ReviewOpen      Hold = "review"      // that they asked for
	OnlyCoordinator Hold = "coordinator" // of a cooperative
	GigsOpen        Hold = "gigs"        // of a client that nobody else acts for
	BillsOpen       Hold = "bills"       // of such a client
)

// Holds lists them in the order of pages.
func Holds() []Hold {
	return []Hold{WorkToCome, HoursOpen, MoneyMoving, ReviewOpen, OnlyCoordinator, GigsOpen, BillsOpen}
}

// Held is the error of who cannot be erased yet, with all that must end first.
type Held struct{ By []Hold }

func (h *Held) Error() string { return fmt.Sprintf("members: not erased, because of %v", h.By) }

// Unwrap makes it an ErrHeld.
func (h *Held) Unwrap() error { return ErrHeld }

// HoldsTx gives what of this domain keeps the person from being erased now.
func (s *Service) HoldsTx(ctx context.Context, tx pgx.Tx, person PersonID) ([]Hold, error) {
	return findHolds(ctx, tx, person)
}
